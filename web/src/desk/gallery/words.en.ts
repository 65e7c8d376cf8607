/** What the gallery says in English. */
import type { GalleryWords } from "./words.fr";

export const en: GalleryWords = {
  photos: "Photos",
  look_at: "Look at photo {{n}}: {{what}}",
  of_vehicle: "vehicle",
  label: "Photos: {{name}}",
  place: "{{n}} / {{count}}",
  close: "Close",
  previous: "Previous photo",
  next: "Next photo",
  nearer: "Enlarge",
  farther: "Reduce",
  full: "Full screen",
  photo: "Photo {{n}}: {{what}}",
  hint: "Arrows: previous or next photo · Z or double-click: enlarge · F: full screen · Esc: close",
};
