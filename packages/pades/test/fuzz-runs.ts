/** How often a property is tried: as often as `usual`, or `PADES_FUZZ` times that, for a night in which the machine has nothing better to do. */
export const runs = (usual: number): number => usual * Math.max(1, Number(process.env["PADES_FUZZ"] ?? 1) || 1);
