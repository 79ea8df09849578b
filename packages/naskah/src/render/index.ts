/** Rendering of letters, for the server: needs threads, fonts on disk and a native library. */
export { createRenderer, GlyphMissing, InvalidRenderInput, RenderFault } from "./renderer.ts";
export type { Renderer, RendererLimits } from "./renderer.ts";
export type { Rendered } from "./compile.ts";
