// A thread that tells slices of an office and hands their rows over as bytes, without copying them.
import { parentPort, workerData } from "node:worker_threads";
import type { Slice, World } from "./plan.ts";
import { buffersOf } from "./store.ts";
import { tellSlice } from "./tale.ts";
import type { Answer } from "./tellers.ts";

const world: World = workerData;

parentPort?.on("message", (slice: Slice) => {
  const told = tellSlice(world, slice);
  parentPort?.postMessage({ told } satisfies Answer, buffersOf(told.batch));
});
