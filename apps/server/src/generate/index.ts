export { secondsLeft, waitInWords } from "./estimate.ts";
export { generate, type Generated, type Generating, type PlantPlace, type Wanted } from "./generate.ts";
export { plants } from "./plants/index.ts";
export { scoreOf, type Named, type Score } from "./score.ts";
export { findingsNamed } from "./store.ts";
