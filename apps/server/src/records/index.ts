export { isLeaf, searchClassifications, type Classification } from "./classification.ts";
export { indexLetter, type SearchText } from "./search.ts";
