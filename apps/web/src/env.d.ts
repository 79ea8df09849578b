/// <reference types="vite/client" />
/// <reference types="vite-plugin-pwa/client" />

/** The contract as the browser needs it; made by a plugin in `vite.config.ts`. */
declare module "virtual:endpoints" {
  /** Every endpoint by name. */
  // oxlint-disable-next-line typescript/consistent-type-imports -- an import statement would make this ambient file a module
  export const endpoints: Readonly<Record<string, import("./kernel/api.ts").EndpointRow>>;
}
