export { contract, type EndpointName } from "./contract.ts";
export { endpoint, type Access, type Carries, type Endpoint, type Input, type Parsed, type Result } from "./endpoint.ts";
export { openApi } from "./openapi.ts";
export { refusalSentence } from "./refusal-sentence.ts";
export { refusals, type Problem, type Refusal, type RefusalCode } from "./refusals.ts";
export { storyFormat, storySchema, type Story } from "./story.ts";
export * as terms from "./terms.ts";
export { changeSentence, checkSentence, checkWords, documentSentence, unreadableSentence } from "./validation-words.ts";
