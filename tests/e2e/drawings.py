"""Photos for tests, drawn on the spot: a field of one colour. What is done with them stands in the tests."""

from io import BytesIO

from PIL import Image

SIZE = (900, 600)


def jpeg(colour: str) -> bytes:
    """A photo of that colour, as a camera writes it."""
    written = BytesIO()
    Image.new("RGB", SIZE, colour).save(written, "JPEG")
    return written.getvalue()
