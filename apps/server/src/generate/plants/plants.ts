import { accessPlants } from "./access.ts";
import { authorityPlants } from "./authority.ts";
import { followUpPlants } from "./follow-up.ts";
import { numberPlants } from "./numbers.ts";
import type { Plant } from "./planting.ts";
import { textPlants } from "./texts.ts";

/** What can be planted, by the code of the kind of red flag that should find it. */
export const plants: Readonly<Record<string, Plant>> = { ...numberPlants, ...authorityPlants, ...textPlants, ...followUpPlants, ...accessPlants };
