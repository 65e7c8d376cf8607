/** What the gallery says in French; the shape of its English. */
export const fr = {
  photos: "Photos",
  look_at: "Voir la photo {{n}} : {{what}}",
  of_vehicle: "véhicule",
  label: "Photos : {{name}}",
  place: "{{n}} / {{count}}",
  close: "Fermer",
  previous: "Photo précédente",
  next: "Photo suivante",
  nearer: "Agrandir",
  farther: "Réduire",
  full: "Plein écran",
  photo: "Photo {{n}} : {{what}}",
  hint: "Flèches : photo précédente ou suivante · Z ou double-clic : agrandir · F : plein écran · Échap : fermer",
};

export type GalleryWords = typeof fr;
