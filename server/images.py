"""What a photo becomes before it is kept: a JPEG of a bounded size, upright, without what its camera added (§4.1).

What an image is, its bytes say, never its name. Decoding runs in threads, few at once, for it takes memory; nothing
here knows vehicles or storage.
"""

import io
from functools import partial
from typing import Final

from msgspec import Struct
from PIL import ExifTags, Image, UnidentifiedImageError

from server.turns import Turns

PHOTO_BYTES: Final = 5 * 1024 * 1024
PHOTO_PIXELS: Final = 40_000_000
"""A few kilobytes can claim to be gigapixels: what is larger is not decoded."""
PHOTO_SIDE: Final = 1_600
THUMBNAIL_SIDE: Final = 400
DECODERS: Final = 2
"""So many images are decoded at once; each may take four bytes a pixel."""
_SCALED: Final = {"RGB", "RGBA", "L", "LA"}  # what can be made smaller as it is
_TURNS: Final[dict[object, Image.Transpose]] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_QUALITY: Final = 85
_REFUSED: Final = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    OSError,  # a file that ends too early
    ValueError,
    SyntaxError,  # how Pillow calls a broken PNG
    EOFError,
    IndexError,
    OverflowError,
)


class Photo(Struct, frozen=True):
    """A photo and its thumbnail, as JPEG; the measures are the photo's, in pixels."""

    content: bytes
    thumbnail: bytes
    width: int
    height: int


class NotAPhoto(Struct, frozen=True):
    """Why a file is not taken, as a sentence without its subject."""

    reason: str


class Images:
    """Makes photos out of files, a few at once."""

    def __init__(self) -> None:
        self._turns = Turns(DECODERS)

    async def photo(self, content: bytes) -> Photo | NotAPhoto:
        """The photo in a file of at most PHOTO_BYTES."""
        return await self._turns.run(partial(photo_of, content))


def photo_of(content: bytes) -> Photo | NotAPhoto:
    """As `Images.photo`, in this thread."""
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
            if opened.width * opened.height > PHOTO_PIXELS:
                return NotAPhoto(f"is too large: at most {PHOTO_PIXELS // 10**6} megapixels")
            opened.draft("RGB", (2 * PHOTO_SIDE, 2 * PHOTO_SIDE))  # a JPEG is decoded smaller at once
            turned = _turned(opened)
            upright = opened if opened.mode in _SCALED else _on_white(opened)
            upright.thumbnail((PHOTO_SIDE, PHOTO_SIDE), Image.Resampling.LANCZOS)  # small before it is copied again
            upright = _on_white(upright if turned is None else upright.transpose(turned))
    except _REFUSED:
        return NotAPhoto("must be a whole image: JPEG, PNG or WebP")
    small = upright.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    return Photo(_jpeg(upright), _jpeg(small), upright.width, upright.height)


def _turned(image: Image.Image) -> Image.Transpose | None:
    """How the camera was held; what else its EXIF says, right or wrong, is nobody's business."""
    try:
        return _TURNS.get(image.getexif().get(ExifTags.Base.Orientation))
    except Exception:  # noqa: BLE001 - whatever a camera wrote there, the pixels are what is wanted
        return None


def _on_white(image: Image.Image) -> Image.Image:
    """Its pixels alone, in RGB; what is transparent becomes white."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layer = image.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(white, layer).convert("RGB")
    return image.convert("RGB")


def _jpeg(image: Image.Image) -> bytes:
    image.info.clear()  # Pillow would write comments and profiles of the original again
    written = io.BytesIO()
    image.save(written, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return written.getvalue()
