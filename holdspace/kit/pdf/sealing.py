"""Seals a PDF: a signature over every byte, after which nothing may be added either."""

from io import BytesIO

from asn1crypto import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from holdspace.kit.pdf.certificate import Seal

FIELD = "Seal"
DIGEST = "sha256"
PATIENCE = 20


def sealed(pdf: bytes, seal: Seal, *, reason: str, timestamp_url: str = "") -> bytes:
    """The same file with our seal; with the word of a timestamp authority (RFC 3161), if one is named.

    An authority that doesn't answer is an exception: a paper that was to have its word waits for it.
    """
    what = signers.PdfSignatureMetadata(
        field_name=FIELD,
        reason=reason,
        md_algorithm=DIGEST,
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    clock = HTTPTimeStamper(timestamp_url, timeout=PATIENCE) if timestamp_url else None
    signer = signers.PdfSigner(what, _Signer(seal), timestamper=clock)
    out = BytesIO()
    signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=out)
    return out.getvalue()


class _Signer(signers.Signer):
    """Signs with the key that was read once: the library's own proves it anew for each signature."""

    def __init__(self, seal: Seal) -> None:
        super().__init__(
            signing_cert=x509.Certificate.load(seal.certificate.public_bytes(serialization.Encoding.DER)),
            cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
        )
        self._key = seal.key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """RSASSA-PKCS1-v1_5 over SHA-256; a dry run only asks how much room a signature takes."""
        if dry_run:
            return bytes(self._key.key_size // 8)
        assert digest_algorithm == DIGEST
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
