// Stands for the browser: runs the scripts of page.html, then asks for the marker's picture.
const fs = require("fs");
const vm = require("vm");
const page = fs.readFileSync("page.html", "utf8");
const onDisk = (address) => address.replace("/static/", "staticfiles/");
const css = fs.readFileSync(onDisk(/href="([^"]+\.css)"/.exec(page)[1]), "utf8");
const picture = /url\("?([^")]+)"?\)/.exec(css)[1];
let program = "";
for (const [, source, text] of page.matchAll(/<script(?: src="([^"]+)")?>(.*?)<\/script>/gs)) {
  program += source ? fs.readFileSync(onDisk(source), "utf8") : text;
}
program += `;L.markerImage('url("/static/leaflet/${picture}")')`;
const address = new URL(vm.runInNewContext(program), "http://localhost/map/").pathname;
console.log(`GET ${address} ${fs.existsSync(onDisk(address)) ? 200 : 404}`);
