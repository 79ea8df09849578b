#!/usr/bin/env node
// The `lontar` command on any Node ≥ 18: puts the installation in order, then hands over to the pinned Node.
import { ensureInstalled } from "./install.mjs";
import { handOver, repository } from "./handover.mjs";
import { ensureWebBuilt } from "./web-build.mjs";

const [command, ...rest] = process.argv.slice(2);
ensureInstalled(repository);
if (command === "start" || command === "build") ensureWebBuilt(repository);
if (command === "build") process.exit(0); // only the pages: for an image or a package that is started elsewhere
handOver("apps/server/src/cli.ts", command === undefined ? [] : [command, ...rest]);
