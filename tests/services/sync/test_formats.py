"""What was written once must be read for good: texts and lists as an earlier program made them."""

from __future__ import annotations

import base64
from typing import Final

from socius_tui.services.sync.sealing.keys import DeviceKeys
from socius_tui.services.sync.sealing.members import Member, Members, check_first, read_list
from socius_tui.services.sync.sealing.recovery import RecoveryKey
from socius_tui.services.sync.sealing.sealing import TeamSeal

IDENTITY: Final = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
KEYS: Final = DeviceKeys(bytes(range(32)), IDENTITY)
MOMENT: Final = "2026-01-02T03:04:05Z"
REPLICA: Final = "0a1b2c3d4e5f"
MEMBER: Final = Member(REPLICA, "Zoë (PC-7)", *KEYS.public, "director", MOMENT)
LIST: Final = Members(1, "", MOMENT, (MEMBER,), RecoveryKey(IDENTITY).public)

SIGNED: Final = (
    b'{"before":"","format":1,"made_at":"2026-01-02T03:04:05Z","members":[{"age":"'
    b'age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj","joined":1,"name":"'
    b'Zo\\u00eb (PC-7)","replica":"0a1b2c3d4e5f","revoked":"","role":"director","sign":"'
    b'A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=","since":"2026-01-02T03:04:05Z",'
    b'"until":null}],"recovery":{"age":"'
    b'age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj","joined":1,"sign":"'
    b'/W4KIIZsvnzzAW84LsuuxDcPoxURoo1ZfMX3Ygut0u4="},"version":1}'
)
SIGNATURE: Final = (
    b"XpUk/tUZPAiykA3nqRHCEZjXpY0+IUZTgJbYPk08ophISUNvBhUXWRCngVLwYNdPlgJyaBw/c+hovR0/tPSoCg=="
)
SEALED: Final = """
YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSB6Qm1nVGRIc3dUQ1ZncVkxQTE3TFpUaWtSYm8zSXI5bjhxdD
BPeTZVTFRvCngycjZBUXZVR1FJTVZEZzhESUFwZGY3TVltVGRsT2ZLRzR2VWRsZmxhQjAKLT4gUlJNIVgtZ3JlYXNl
CnVUbkpBdEZFbWpQRmZKd0NxUFc2MDhZU3lNTjdNZUJmSVBjMVhBN0g3cEsyUW1kZkV1eko4amcyYWNWczRQSHkKdm
VtbkhtOUc4djhPZHdyRnBVZ3hlN3NFWndUeGVEWXhOdFg2VGZHcXNBCi0tLSBPV2F1WWNpVjR0ZzVCdTBBNlpYVGJB
bFJyaFEwTEYyalFCUmZOazRYcTBnCg7ltxMnWMSYcK9DP3xukwA9cHx5C5i619EPmBYnAqv4x11XaOQuf+fxRok8+P
lz+aZeL3Vz52/RxNBNHXLEHAWgwz72LrB3n2LDu6DCPwshGjp47FQZJILYQYV4k1iat6w3wPBq3/tGZQd9+TH1B/5g
Xw==
"""


def test_a_sealed_text_of_an_earlier_program_opens() -> None:
    seal = TeamSeal(LIST, REPLICA, KEYS)
    assert seal.open(REPLICA, base64.b64decode(SEALED)) == "één bezoek".encode()


def test_a_list_of_an_earlier_program_is_read() -> None:
    assert LIST.signed_bytes == SIGNED
    by = KEYS.public.sign.encode()
    file = b'{"list":' + SIGNED + b',"by":"' + by + b'","signature":"' + SIGNATURE + b'"}'
    found = read_list(file)
    check_first(found)
    assert found.members == LIST
    assert LIST.hash == "558c21d7fc230de9893822798fc26945c7a5ff0f2f1178da3b7ec180651ea1e8"


def test_fingerprints_stay_what_they_are() -> None:
    assert KEYS.public.fingerprint == "39846-87403-10467-50921-86660-96939"
    assert LIST.fingerprint == "38857-32138-32791-77431-07271-72200"
