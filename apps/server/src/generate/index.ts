export { generate, type Generated, type Generating, type Wanted } from "./generate.ts";
