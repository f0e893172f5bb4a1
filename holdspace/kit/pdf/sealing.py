"""Seals a PDF: a signature over every byte, after which nothing may be added either."""

from io import BytesIO

from asn1crypto import keys, x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from holdspace.kit.pdf.certificate import Seal

FIELD = "Seal"
PATIENCE = 20


def sealed(pdf: bytes, seal: Seal, *, reason: str, timestamp_url: str = "") -> bytes:
    """The same file with our seal; with the word of a timestamp authority (RFC 3161), if one is named.

    An authority that doesn't answer is an exception: a paper that was to have its word waits for it.
    """
    what = signers.PdfSignatureMetadata(
        field_name=FIELD,
        reason=reason,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    clock = HTTPTimeStamper(timestamp_url, timeout=PATIENCE) if timestamp_url else None
    signer = signers.PdfSigner(what, _signer(seal), timestamper=clock)
    out = BytesIO()
    signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=out)
    return out.getvalue()


def _signer(seal: Seal) -> signers.SimpleSigner:
    return signers.SimpleSigner(
        signing_cert=x509.Certificate.load(seal.certificate.public_bytes(serialization.Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(
            seal.key.private_bytes(
                serialization.Encoding.DER,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        ),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
    )
