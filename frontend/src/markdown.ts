// What the buttons above a text do: put Markdown around the chosen words or before the chosen lines.

const AROUND: Record<string, [string, string]> = {
  bold: ["**", "**"],
  italic: ["*", "*"],
  code: ["`", "`"],
  link: ["[", "](https://)"],
};
const BEFORE: Record<string, string> = { list: "- ", quote: "> " };

function replace(field: HTMLTextAreaElement, start: number, end: number, words: string): void {
  field.focus();
  field.setSelectionRange(start, end);
  // Unlike setRangeText, this can be undone with Ctrl+Z; where it is not known, setRangeText does.
  if (!document.execCommand("insertText", false, words)) {
    field.setRangeText(words, start, end, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}

/** Applies the mark called `name` to what is selected in `field`. */
export function mark(field: HTMLTextAreaElement, name: string): void {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const around = AROUND[name];
  if (around) {
    const [left, right] = around;
    replace(field, start, end, left + value.slice(start, end) + right);
    if (name === "link" && end > start) field.setSelectionRange(end + 3, end + 11);
    else field.setSelectionRange(start + left.length, end + left.length);
    return;
  }
  const before = BEFORE[name];
  if (!before) return;
  const from = value.lastIndexOf("\n", start - 1) + 1;
  const lines = value.slice(from, end).split("\n");
  replace(field, from, end, lines.map((line) => before + line).join("\n"));
}
