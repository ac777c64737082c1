import { greeting } from "./greeting.js";

document.body.dataset.greeting = greeting;
