// A place in the journal, written "xid.seq" and ordered as two integers (larger than a JavaScript number may hold).

export type Position = string;

/** Says whether `left` comes after `right`; anything comes after nothing. */
export function isAfter(left: Position, right: Position | undefined): boolean {
  if (right === undefined) return true;
  const [leftXid = "0", leftSeq = "0"] = left.split(".");
  const [rightXid = "0", rightSeq = "0"] = right.split(".");
  if (leftXid !== rightXid) return BigInt(leftXid) > BigInt(rightXid);
  return BigInt(leftSeq) > BigInt(rightSeq);
}
