"""ReportLab's TrueType fonts, mended so that rare characters can be copied and searched in the finished file."""

import re

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream
from reportlab.pdfbase.ttfonts import TTFont

_WIDE_POINT = re.compile(r"<([0-9A-F]{5,6})>")


class WideFont(TTFont):
    """A font whose ToUnicode map writes characters beyond U+FFFF as the UTF-16 pairs that PDF asks for (9.10.3).

    ReportLab writes the bare number there, and readers then show other characters for 𠮷 or 𬱖.
    """

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802  ReportLab's name
        """Add the font's objects to the file and mend their ToUnicode maps."""
        super().addObjects(doc)
        for name, stream in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:") and isinstance(stream, PDFStream):
                stream.content = _WIDE_POINT.sub(_as_pair, stream.content)


def _as_pair(found: re.Match[str]) -> str:
    return f"<{chr(int(found[1], 16)).encode('utf-16-be').hex().upper()}>"
