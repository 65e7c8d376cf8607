/** Photos on their way to the server: made no larger than the server keeps them, sent one by one, each with its fate. */
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { ask } from "../../wire/http";
import { VEHICLES } from "../api";

/** What the server takes (§4.1); a larger photo is drawn smaller first, as the server would itself. */
const MOST_BYTES = 5 * 1024 * 1024;
const LONGEST_SIDE_PX = 2_000;
const JPEG_QUALITY = 0.88;
const TYPES = ["image/jpeg", "image/png", "image/webp"];

export interface Upload {
  key: number;
  name: string;
  state: "waiting" | "sending" | "done" | "refused";
  error: unknown;
  file: File;
}

/** A file that no browser can draw, whatever it is called. */
export class NotAPicture extends Error {}

/** The photo itself, or the same picture in a size that the server takes. */
async function fitting(file: File): Promise<Blob> {
  if (!TYPES.includes(file.type)) throw new NotAPicture();
  if (file.size <= MOST_BYTES) return file;
  const picture = await createImageBitmap(file).catch(() => {
    throw new NotAPicture();
  });
  const scale = Math.min(1, LONGEST_SIDE_PX / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return await new Promise((resolve) =>
    canvas.toBlob((drawn) => resolve(drawn ?? file), "image/jpeg", JPEG_QUALITY),
  );
}

export function usePhotoUploads(vehicle: number, defect: number | null) {
  const client = useQueryClient();
  const [uploads, setUploads] = useState<Upload[]>([]);
  const next = useRef(1);
  const tell = (key: number, state: Upload["state"], error: unknown = null) =>
    setUploads((before) => before.map((one) => (one.key === key ? { ...one, state, error } : one)));

  const sendOne = async ({ key, file }: Upload) => {
    tell(key, "sending");
    try {
      await ask("POST /api/vehicles/{id}/photos", {
        ids: { id: vehicle },
        query: { defect },
        body: await fitting(file),
      });
      tell(key, "done");
    } catch (error) {
      tell(key, "refused", error);
    }
  };

  const send = async (files: File[]) => {
    const added = files.map(
      (file): Upload => ({ key: next.current++, name: file.name, state: "waiting", error: null, file }),
    );
    setUploads((before) => [...before.filter(({ state }) => state !== "done"), ...added]);
    // One by one: they stand on the card in the order in which they were chosen, the first as its main photo.
    for (const one of added) await sendOne(one);
    await client.invalidateQueries({ queryKey: VEHICLES });
    setUploads((before) => before.filter(({ state }) => state !== "done"));
  };

  const dismiss = (key: number) => setUploads((before) => before.filter((one) => one.key !== key));
  return { uploads, send, dismiss };
}

/** The list with one of its items at another place. */
export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const next = [...items];
  const [item] = next.splice(from, 1);
  if (item !== undefined) next.splice(Math.max(0, Math.min(next.length, to)), 0, item);
  return next;
}
