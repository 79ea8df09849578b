#!/usr/bin/env node
// The `lontar` command on any Node ≥ 18: puts the installation in order, then hands over to the pinned Node.
import { ensureInstalled } from "./install.mjs";
import { handOver, repository } from "./handover.mjs";
import { ensureWebBuilt } from "./web-build.mjs";

const [command, ...rest] = process.argv.slice(2);
ensureInstalled(repository);
if (command === "start") ensureWebBuilt(repository);
handOver("apps/server/src/cli.ts", command === undefined ? [] : [command, ...rest]);
