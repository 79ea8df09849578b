export { axe, type Barrier } from "./axe.ts";
export { launchBrowser, screenshot } from "./launch.ts";
