import { greeting } from "./greeting.js";
