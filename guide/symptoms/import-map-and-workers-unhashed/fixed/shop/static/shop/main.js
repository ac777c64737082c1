import { total } from "shop/cart";

const worker = new Worker(document.documentElement.dataset.worker);
worker.postMessage(total());
