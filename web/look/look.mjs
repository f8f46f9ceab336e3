// Takes pictures of rendered pages: wide and phone, light and dark; it names what is wider than the screen, too
// small to touch or too pale to read, and every complaint of the browser.
//
//     mkdir look-at && LIANFANG_LOOK=$PWD/look-at cargo test -p lianfang-server frame::sample
//     node web/look/look.mjs look-at            # leaves a PNG beside each HTML file
//     node web/look/look.mjs look-at table-zh   # only this page
//
// `CHROMIUM` names the browser if it is not `chromium`.

import { readdirSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { start } from "./browser.mjs";
import { COMPLAINTS } from "./complaints.mjs";
import { serve } from "./serve.mjs";

const SIZES = { wide: [1440, 900], phone: [390, 844] };

const folder = process.argv[2] && resolve(process.argv[2]);
if (!folder) {
  console.error("The folder with the rendered pages is missing: node look.mjs FOLDER [PAGE]");
  process.exit(2);
}
const pages = readdirSync(folder).filter((f) => f.endsWith(".html")).map((f) => basename(f, ".html"));
const served = await serve(folder);
const browser = await start();

async function picture(page, [size, [width, height]], theme) {
  const phone = size === "phone";
  const screen = { width, height, deviceScaleFactor: phone ? 2 : 1, mobile: phone };
  await browser.send("Emulation.setDeviceMetricsOverride", screen);
  await browser.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: theme }] });
  await browser.open(`${served.at}/${page}.html`);
  for (const whole of [false, true]) {
    const { data } = await browser.send("Page.captureScreenshot", { captureBeyondViewport: whole });
    writeFileSync(join(folder, `${page}-${size}-${theme}${whole ? "-whole" : ""}.png`), Buffer.from(data, "base64"));
  }
  const found = [...(await browser.value(COMPLAINTS)), ...browser.log.splice(0)];
  for (const line of found) console.log(`${page} ${size} ${theme}: ${line}`);
}

try {
  for (const page of pages.filter((p) => !process.argv[3] || p === process.argv[3])) {
    for (const size of Object.entries(SIZES)) for (const theme of ["light", "dark"]) await picture(page, size, theme);
    await browser.send("Emulation.setEmulatedMedia", { media: "print" });
    const { data } = await browser.send("Page.printToPDF", { preferCSSPageSize: true, printBackground: true });
    writeFileSync(join(folder, `${page}.pdf`), Buffer.from(data, "base64"));
    await browser.send("Emulation.setEmulatedMedia", { media: "" });
  }
} finally {
  await browser.close();
  served.stop();
}
