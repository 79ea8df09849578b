import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

/** Where the server puts what an installation pins; the page is the same for everyone but for this place. */
const anchorsPlace = "__ANCHORS__";

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/**
 * The verifier in one file: script and style inside, and a policy that lets the browser load nothing else at all. Built twice it is the same
 * bytes, so that whoever has the sources can check the file that an office hands out.
 */
export const offlinePage = async (root: string): Promise<string> => {
  const folder = join(root, "src/verify/offline");
  const made = await build({
    configFile: false, root, logLevel: "error", publicDir: false, mode: "production", define: { "process.env.NODE_ENV": '"production"' },
    build: { write: false, target: "es2023", minify: true, modulePreload: false, copyPublicDir: false, reportCompressedSize: false, rolldownOptions: { input: join(folder, "main.ts"), output: { format: "iife", codeSplitting: false } } },
  });
  const chunks = [made].flat().flatMap((output) => ("output" in output ? output.output : [])).flatMap((file) => (file.type === "chunk" ? [file.code] : []));
  const [code] = chunks;
  if (code === undefined || chunks.length !== 1) throw new Error(`the verifier is one script, not ${chunks.length}`);
  const script = code.trim().replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
  const style = readFileSync(join(folder, "look.css"), "utf8").trim();
  const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; img-src blob:; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="id"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer"><title>Pemeriksa surat tanpa jaringan</title><style>${style}</style></head>
<body><div id="page"></div><noscript>Berkas ini memeriksa dengan JavaScript, di perangkat Anda sendiri. Izinkan JavaScript, atau buka di peramban lain.</noscript>
<script type="application/json" id="anchors">${anchorsPlace}</script>
<script>${script}</script></body></html>
`;
};
