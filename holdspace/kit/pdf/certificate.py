"""The seal of an installation: a private key and its own certificate, in one file that its owner alone reads.

A new seal goes in front; of the ones before it only the certificates stay, so that what they sealed
is still known as ours.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

BITS = 3072
GOOD_FOR = timedelta(days=3653)


@dataclass(frozen=True)
class Seal:
    """What we seal with, and the certificates by which we know our own: the newest first."""

    key: rsa.RSAPrivateKey
    certificates: tuple[x509.Certificate, ...]

    @property
    def certificate(self) -> x509.Certificate:
        return self.certificates[0]

    @property
    def fingerprints(self) -> list[str]:
        return [fingerprint(certificate) for certificate in self.certificates]


def fingerprint(certificate: x509.Certificate) -> str:
    """By which the trail and `pdfsig -dump`'s certificate can be told to be the same: SHA-256."""
    return certificate.fingerprint(hashes.SHA256()).hex()


@lru_cache(maxsize=1)
def read(pem: bytes) -> Seal:
    """The seal as it was written.  Kept: to read it proves the key anew, which takes longer than to sign."""
    key = serialization.load_pem_private_key(pem, password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return Seal(key, tuple(x509.load_pem_x509_certificates(pem)))


def known_by(pem: bytes) -> set[str]:
    """The fingerprint of every seal in the file.  The key isn't read: each time it is, it is proved anew."""
    return {fingerprint(one) for one in x509.load_pem_x509_certificates(pem)}


def new_seal(name: str, *, at: datetime, before: bytes = b"") -> bytes:
    """A fresh key with its certificate, ready to be written; and the certificates of those before."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    older = read(before).certificates if before else ()
    pems = [one.public_bytes(serialization.Encoding.PEM) for one in (_certificate(key, name, at), *older)]
    return b"".join([_private(key), *pems])


def _private(key: rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _certificate(key: rsa.RSAPrivateKey, name: str, at: datetime) -> x509.Certificate:
    """Our own word for it: nobody else vouches for an installation."""
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(hours=1))
        .not_valid_after(at + GOOD_FOR)
    )
    for said, critical in _extensions(key.public_key()):
        made = made.add_extension(said, critical=critical)
    return made.sign(key, hashes.SHA256())


def _extensions(public: rsa.RSAPublicKey) -> list[tuple[x509.ExtensionType, bool]]:
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"), False
    )
    return [
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                encipher_only=False,
                decipher_only=False,
                **usage,
            ),
            True,
        ),
        (x509.SubjectKeyIdentifier.from_public_key(public), False),
    ]
