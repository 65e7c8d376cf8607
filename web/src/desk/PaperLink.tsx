/** A paper of the house as PDF, in the language that the page is read in: a line among others, or a button. */
import { Button } from "@mantine/core";
import { rootAddress } from "../address";
import { useLanguage } from "../language";

interface Props {
  /** From the house's root: `api/offers/7/paper.pdf`. */
  address: string;
  says: string;
  /** Which paper it is, for those who hear the link without its row: with the paper's number, or the vehicle. */
  name: string;
  look?: "line" | "button" | "small-button";
}

export function PaperLink({ address, says, name, look = "line" }: Props) {
  const language = useLanguage();
  const paper = new URL(address.replace(/^\//, ""), rootAddress);
  paper.searchParams.set("language", language);
  const link = { href: paper.href, target: "_blank", rel: "noreferrer", "aria-label": name };
  if (look === "line") return <a {...link}>{says}</a>;
  return (
    <Button component="a" {...link} variant="default" size={look === "button" ? "sm" : "compact-sm"}>
      {says}
    </Button>
  );
}
