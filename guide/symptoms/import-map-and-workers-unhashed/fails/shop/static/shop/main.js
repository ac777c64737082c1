import { total } from "shop/cart";

const worker = new Worker("/static/shop/worker.js");
worker.postMessage(total());
