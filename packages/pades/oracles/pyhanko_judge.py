"""Asks pyHanko (MIT) about signed files: reads {"root", "files": [{"path", "level", "at"}]} and prints one finding a file as JSON.

Without a root only bytes, cryptography and history are asked about: each signer is believed to be who it says. B-B and B-T are asked whether every signature is intact, valid and trusted; B-LT, B-LTA and renewed files go through
the long-term algorithm of EN 319 102-1, offline: B-LT as if it were then, a renewed one as it will be when only its
time-stamps prove anything.
"""

import asyncio
import json
import sys
from datetime import datetime

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import ades, validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.policy_decl import (
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.poe import POEManager
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager


class Clock:
    """What pyHanko takes to be now: it proves existence by the wall clock, which our files do not live by."""

    now = None

    @classmethod
    def install(cls):
        original = POEManager.__init__
        POEManager.__init__ = lambda self, current_dt_override=None: original(self, current_dt_override or cls.now)


def specification(root):
    policy = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(trust_roots=[root]),
        revinfo_policy=CertRevTrustPolicy(revocation_checking_policy=REQUIRE_REVINFO),
    )
    offline = RevocationInfoGatheringSpec(online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY)
    return PdfSignatureValidationSpec(
        SignatureValidationSpec(cert_validation_policy=policy, revinfo_gathering_policy=offline, key_usage_settings=KeyUsageConstraints())
    )


def judge_plain(reader, root, at):
    context = lambda: ValidationContext(trust_roots=[root], moment=at, allow_fetching=False, revocation_mode="soft-fail")
    problems = []
    for signature in reader.embedded_regular_signatures:
        status = validate_pdf_signature(signature, context(), context())
        stamp = status.timestamp_validity
        fine = status.intact and status.valid and status.trusted and (stamp is None or (stamp.valid and stamp.trusted))
        if not fine or not status.bottom_line:
            problems.append(f"{signature.field_name}: {status.summary()}")
    for signature in reader.embedded_timestamp_signatures:
        status = validate_pdf_timestamp(signature, context())
        if not (status.intact and status.valid and status.trusted):
            problems.append(f"{signature.field_name}: {status.summary()}")
    return problems


def judge_long_term(reader, root, at, level):
    problems = []
    timing = ValidationTimingInfo(validation_time=at, best_signature_time=at, point_in_time_validation=True)
    for signature in reader.embedded_regular_signatures:
        if level == "renewed":
            judging = ades.simulate_future_ades_lta_validation(signature, specification(root), future_validation_time=at)
        else:
            judging = ades.ades_lta_validation(signature, specification(root), timing_info=timing)
        result = asyncio.run(judging)
        if result.ades_subindic.status.name != "PASSED":
            problems.append(f"{signature.field_name}: {result.ades_subindic} {getattr(result, 'failure_msg', '')}")
    return problems


def judge_bytes(reader):
    problems = []
    for signature in reader.embedded_signatures:
        own = signature.signer_cert
        context = ValidationContext(trust_roots=[own], moment=own.not_valid_before, allow_fetching=False, revocation_mode="soft-fail")
        is_stamp = signature.sig_object.get("/SubFilter") == "/ETSI.RFC3161"
        status = (validate_pdf_timestamp if is_stamp else validate_pdf_signature)(signature, context)
        if not (status.intact and status.valid):
            problems.append(f"{signature.field_name}: {status.summary()}")
        elif status.modification_level is None or status.modification_level.name == "OTHER" or getattr(status, "docmdp_ok", True) is False:
            problems.append(f"{signature.field_name}: changes of level {status.modification_level}")
    return problems


def main():
    asked = json.load(sys.stdin)
    Clock.install()
    root = None
    if asked["root"] is not None:
        with open(asked["root"], "rb") as file:
            root = x509.Certificate.load(file.read())
    for each in asked["files"]:
        at = datetime.fromisoformat(each["at"])
        Clock.now = at if each["level"] == "B-LT" else None
        try:
            with open(each["path"], "rb") as file:
                # Strict reading refuses every hybrid file unseen.
                reader = PdfFileReader(file, strict=False)
                level = each["level"]
                if root is None:
                    problems = judge_bytes(reader)
                elif level in ("B-LT", "B-LTA", "renewed"):
                    problems = judge_long_term(reader, root, at, level)
                else:
                    problems = judge_plain(reader, root, at)
        except Exception as error:  # whatever it trips over is a finding
            problems = [f"{type(error).__name__}: {error}"]
        print(json.dumps({"path": each["path"], "problems": problems}))


main()
