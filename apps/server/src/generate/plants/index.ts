export { plants } from "./plants.ts";
export { openSoil, plantingAt, type Plant, type Planted, type Planting, type Soil } from "./planting.ts";
