import { createReadStream, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { contract, type Endpoint } from "@lontar/contract";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { offlinePage } from "./offline-page.ts";

/**
 * The contract as the browser needs it: method, path, names of query fields. The zod schemas stay out of the first load
 * (the browser believes its own server; the types still come from the contract).
 */
const endpoints = (): Plugin => ({
  name: "lontar:endpoints",
  resolveId: (id) => (id === "virtual:endpoints" ? "\0virtual:endpoints" : undefined),
  load: (id) => {
    if (id !== "\0virtual:endpoints") return undefined;
    const rows = Object.entries<Endpoint>(contract).map(([name, endpoint]) => [name, { method: endpoint.method, path: endpoint.path, query: Object.keys(endpoint.query.shape), carries: endpoint.carries }]);
    return `export const endpoints = ${JSON.stringify(Object.fromEntries(rows))};`;
  },
});

/**
 * What pdf.js asks for by name, from our own address: WebAssembly decoders (scans are often JPEG 2000 or JBIG2), and the fonts that every
 * PDF reader must know (letters from outside often use Times or Helvetica without carrying them).
 */
const pdfjsFiles = (): Plugin => {
  const root = dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
  const files = new Map(["wasm", "standard_fonts"].flatMap((folder) => readdirSync(join(root, folder)).filter((name) => /^(jbig2|openjpeg|qcms).*\.(wasm|js)$|\.(pfb|ttf)$/.test(name)).map((name): [string, string] => [name, join(root, folder, name)])));
  return {
    name: "lontar:pdfjs-files",
    generateBundle() {
      for (const [name, path] of files) this.emitFile({ type: "asset", fileName: `pdfjs/${name}`, source: readFileSync(path) });
    },
    configureServer: (server) => {
      server.middlewares.use("/pdfjs", (request, response, next) => {
        const name = basename(request.url ?? "");
        const path = files.get(name);
        if (path === undefined) return next();
        response.setHeader("content-type", name.endsWith(".wasm") ? "application/wasm" : name.endsWith(".js") ? "text/javascript" : "application/octet-stream");
        createReadStream(path).pipe(response);
      });
    },
  };
};

/** The verifier that is one file; the server hands it out with what the installation pins. */
const verifierFile = (): Plugin => ({
  name: "lontar:verifier-file",
  apply: "build",
  async generateBundle() {
    this.emitFile({ type: "asset", fileName: "pemeriksa.html", source: await offlinePage(import.meta.dirname) });
  },
});

const everyPageNeeds = (id: string): boolean =>
  /node_modules\/(react|react-dom|scheduler|use-sync-external-store|@tanstack)\//.test(id) ||
  (/\/apps\/web\/src\/(kernel|shell)\//.test(id) && !/\/(en|update|why-messages|date-words|hour-words|trail-proof|log-files)\.ts$|\/Why(Dialog\.tsx|\.module\.css)$/.test(id)) ||
  /\/apps\/web\/src\/(session\/me|ui\/(Anchor|AppShell|Button|Dialog|Empty|Icon|Marks|Menu|Notices|Small|class-names|use-popover))\b/.test(id);

/** A page that the frame imports at once would be asked for before React itself is there: it would not start. Such a page is loaded lazily, or belongs to the frame. */
const frameAlone = (): Plugin => ({
  name: "lontar:frame-alone",
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== "chunk" || chunk.name !== "frame") continue;
      const pages = chunk.imports.filter((name) => !/rolldown-runtime|preload-helper|_virtual_/.test(name));
      if (pages.length > 0) this.error(`the frame imports ${pages.join(", ")} at once: load it lazily, or name it in everyPageNeeds`);
    }
  },
});

// Fetched when first needed, under names that the service worker's list can leave out.
const heavy = [
  { name: "heavy-pdf", test: /node_modules\/pdfjs-dist\// },
  { name: "heavy-editor", test: /node_modules\/(@tiptap|prosemirror-[a-z-]+|orderedmap|rope-sequence|w3c-keyname)\// },
];

export default defineConfig({
  plugins: [
    react(),
    endpoints(),
    pdfjsFiles(),
    frameAlone(),
    verifierFile(),
    VitePWA({
      strategies: "generateSW",
      registerType: "prompt",
      injectRegister: false,
      manifest: {
        id: "/",
        name: "Lontar, kantor elektronik",
        short_name: "Lontar",
        description: "Surat, disposisi, dan tanda tangan elektronik pemerintah daerah.",
        lang: "id",
        dir: "ltr",
        display: "standalone",
        start_url: "/meja",
        scope: "/",
        background_color: "#f6f8f6",
        theme_color: "#0e3b2e",
        icons: [
          { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
          { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
          { src: "/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
        ],
      },
      workbox: {
        // The shell alone: page, scripts and styles of ordinary pages, the Latin font.
        globPatterns: ["index.html", "assets/*.{js,css}", "assets/plus-jakarta-sans-latin-wght-*.woff2", "color-scheme.js"],
        globIgnores: ["assets/heavy-*", "assets/pdf*", "assets/*worker*"],
        navigateFallback: "/index.html",
        navigateFallbackDenylist: [/^\/(api|log|health|metrics|pdfjs|\.well-known|v|V)(\/|$)/],
        // The page of a QR code is the server's own; only without a network does the kept shell judge the seal in its address.
        runtimeCaching: [{ urlPattern: ({ request, url }) => request.mode === "navigate" && /^\/[vV]\//.test(url.pathname), handler: "NetworkOnly", options: { precacheFallback: { fallbackURL: "/index.html" } } }],
        cleanupOutdatedCaches: true,
        inlineWorkboxRuntime: true,
      },
    }),
  ],
  build: {
    outDir: "dist",
    target: "es2023",
    reportCompressedSize: false,
    sourcemap: false,
    // What every page needs travels as one file: it compresses better and asks a slow network once.
    rolldownOptions: { output: { codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: "frame", test: everyPageNeeds }, ...heavy] } } },
  },
  server: { port: 5173, strictPort: true, proxy: { "/api": { target: "http://127.0.0.1:8080", changeOrigin: false } } },
});
