export { seededChance, testSource, type Chance, type TestSource } from "./chance.ts";
export { fakeClock, type FakeClock } from "./clock.ts";
export { createTestDatabase, stopTestCluster, urlOf, type Template, type TestConnection, type TestDatabase } from "./database.ts";
export { expectGolden } from "./golden.ts";
