// `npm ci && npm run build`: makes the bundle anew, and notes what it was made from.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const OUT = "../server/static/front";
const SOURCES = ["build.js", "package.json", "package-lock.json", ...readdirSync("src").sort().map((name) => `src/${name}`)];

rmSync(OUT, { recursive: true, force: true });
await build({
  entryPoints: [{ in: "src/page.js", out: "page" }, { in: "@jupyter-widgets/controls/css/widgets.css", out: "controls" }],
  outdir: OUT,
  bundle: true,
  splitting: true,
  format: "esm",
  minify: true,
  legalComments: "linked",
  chunkNames: "[name]-[hash]",
  target: ["chrome109", "firefox115", "safari16.4"],
  // A server's parser of HTML and CSS, for labels with markup: here labels are text.
  alias: { "sanitize-html": "./src/escape.js" },
});
const hash = createHash("sha256");
for (const name of SOURCES) hash.update(`${name}\n`).update(readFileSync(name));
writeFileSync(`${OUT}/made-from.txt`, `${hash.digest("hex")}\n`);
