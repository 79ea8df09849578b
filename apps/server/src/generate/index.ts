export { generate, type Generated, type Generating, type Planting, type Wanted } from "./generate.ts";
export { plants } from "./plants/index.ts";
export { scoreOf, type Named, type Score } from "./score.ts";
export { findingsNamed } from "./store.ts";
