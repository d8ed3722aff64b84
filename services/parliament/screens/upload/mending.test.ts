/** Holds that what a person mends in a set as read is what the dossier then has: numbers, words, lines that could not be placed, two sets in one file. */
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { mendedSet } from "#services/parliament/client/index.ts";
import type { ReadDossier } from "#services/parliament/contract/dossier.ts";
import { readQuestions } from "#services/parliament/reading/index.ts";
import { addQuestion, beginMending, mayOpen, mendsAfter, mendsOf, removeQuestion, renumber, setsOf, stillWrong } from "./mending.ts";

const samples = new URL("../../reading/samples/", import.meta.url);
const read = async (name: string): Promise<ReadDossier> => (await readQuestions({ name, bytes: await readFile(new URL(name, samples)) })).dossier;

describe("a set as read", () => {
  it("needs no change when nothing is wrong", async () => {
    const dossier = await read("vragen.txt");
    expect(mendsOf(beginMending(dossier))).toEqual([]);
    expect(mayOpen(stillWrong(beginMending(dossier)))).toBe(true);
  });

  it("with a number twice keeps both questions, each under its own number", async () => {
    const dossier = await read("nummers.txt");
    const mending = beginMending(dossier);
    expect(stillWrong(mending).twice.length).toBeGreaterThan(0);
    expect(mayOpen(stillWrong(mending))).toBe(false);
    const filled = { ...mending, questions: mending.questions.map((one) => (one.text === "" ? { ...one, text: "Aangevuld?" } : one)) };
    const mended = renumber(filled);
    expect(mayOpen(stillWrong(mended))).toBe(true);
    const set = mendedSet(dossier, mendsOf(mended));
    expect(set.questions.map(({ number, text }) => [number, text])).toEqual(filled.questions.map(({ text }, at) => [at + 1, text]));
    expect(stillWrong(mended).twice).toEqual([]);
  });

  it("keeps the question that was not touched when the other of its number moves", async () => {
    const dossier = await read("vragen.txt");
    const [first, second] = dossier.questions;
    if (first === undefined || second === undefined) throw new Error("the sample lost its questions");
    const twice: ReadDossier = { ...dossier, questions: [first, { ...second, number: first.number }] };
    const begun = beginMending(twice);
    const mended = { ...begun, questions: begun.questions.map((one, at) => (at === 1 ? { ...one, number: 7 } : one)) };
    expect(mendedSet(twice, mendsOf(mended)).questions.map(({ number, text }) => [number, text])).toEqual([
      [first.number, first.text],
      [7, second.text],
    ]);
  });

  it("takes lines that could not be placed to a question, to a new one, or out of the set", async () => {
    const dossier: ReadDossier = {
      ...(await read("vragen.txt")),
      unplaced: ["Losse zin.", "Nieuwe vraag?", "Bladzijde 3"].map((text, line) => ({ text, place: { line, page: null, path: null } })),
    };
    const added = addQuestion(beginMending(dossier));
    const [first] = added.questions;
    const fresh = added.questions.find((one) => one.read === null);
    if (first === undefined || fresh === undefined) throw new Error("no questions to mend");
    expect(stillWrong(added).empty).toEqual([fresh.number]);
    const mended = { ...added, lines: [{ to: first.key }, { to: fresh.key }, "nowhere" as const] };
    expect(mayOpen(stillWrong(mended))).toBe(true);
    const set = mendedSet(dossier, mendsOf(mended));
    expect(set.questions.find(({ number }) => number === first.number)?.text).toBe(`${first.text}\n\nLosse zin.`);
    expect(set.questions.find(({ number }) => number === fresh.number)?.text).toBe("Nieuwe vraag?");
    expect(set.unplaced).toEqual([]);
    expect(removeQuestion(mended, fresh.key).lines[1]).toBe(null);
  });

  it("is one of two in a file, and still holds the other", async () => {
    const dossier = await read("twee-sets.txt");
    const sets = setsOf(dossier);
    expect(sets.length).toBe(2);
    expect(sets.map(({ questions }) => questions.length)).toEqual([dossier.questions.length, dossier.others[0]?.questions.length]);
    expect(sets[1]?.others[0]?.questions).toEqual(dossier.questions);
  });

  it("that was opened is mended again: a line keeps its place among all that was read", async () => {
    const dossier: ReadDossier = {
      ...(await read("vragen.txt")),
      unplaced: ["Losse zin.", "Nog een.", "Bladzijde 3"].map((text, line) => ({ text, place: { line, page: null, path: null } })),
    };
    const first = { ...beginMending(dossier), lines: ["nowhere" as const, null, null] };
    const opened = mendsOf(first);
    const set = mendedSet(dossier, opened);
    expect(set.unplaced.map(({ text }) => text)).toEqual(["Nog een.", "Bladzijde 3"]);
    const again = beginMending({ ...set, others: [] });
    const [question] = again.questions;
    if (question === undefined) throw new Error("the sample lost its questions");
    const later = mendsAfter(
      { read: dossier, set },
      { ...again, lines: [{ to: question.key }, "nowhere"], title: "Verzonnen kop", source: "Verzonnen artikel" },
    );
    const mended = mendedSet(dossier, [...opened, ...later]);
    expect(mended).toMatchObject({ unplaced: [], title: "Verzonnen kop", source: "Verzonnen artikel" });
    expect(mended.questions[0]?.text).toBe(`${question.text}\n\nNog een.`);
    expect(mendsAfter({ read: dossier, set }, again)).toEqual([]);
  });

  it("takes day, case, members and ministers from who knows them", async () => {
    const dossier = await read("nummers.txt");
    const mended = {
      ...renumber(beginMending(dossier)),
      received: "2026-11-02",
      reference: "2026Z99999",
      members: "Verzonnen Lid (ABC)\nAnder Lid",
      addressees: "Minister van A\nMinister van B",
    };
    const set = mendedSet(dossier, mendsOf(mended));
    expect(set).toMatchObject({
      received: "2026-11-02",
      reference: "2026Z99999",
      members: [
        { name: "Verzonnen Lid", faction: "ABC" },
        { name: "Ander Lid", faction: null },
      ],
      addressees: ["Minister van A", "Minister van B"],
    });
  });
});
