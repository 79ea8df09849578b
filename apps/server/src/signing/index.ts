export { credentialMachine, credentialOf, countWrongSecrets, credentialStore, revokeCredential, type Credential } from "./store.ts";
export { signFrozen, type Signing } from "./sign.ts";
