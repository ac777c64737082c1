import { total } from "./cart-B7qX2mPa.js";

console.log(total());
