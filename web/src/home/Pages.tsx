/** The part "home" of the pages, loaded apart: the dealer's first page. */
import "./words";
import "../notices/words";
import "../desk/mantine-forms";
import { Home } from "./Home";

export default Home;
