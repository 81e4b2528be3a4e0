// The engine cleans names too, for the files it writes; there is one rule for both.
export { displayText, shortText } from '@hyperflame/calltree';
