# SPDX-License-Identifier: Apache-2.0
"""Environments and files, and the key that the official chain finds in each. Where ours finds another one, the case says why."""

from typing import NamedTuple

HOME, URI = "@HOME@", "@URI@"  # what stands for the case's home and the address of the credentials URI
READER = "acs:ram::1:role/reader"
FIRST = "acs:ram::1:role/first"
PROVIDER = "acs:ram::1:oidc-provider/pods"
WAITS = "(waits)"  # ours: for whoever is set up, and looks no further


class Case(NamedTuple):
    name: str
    official: str | None  # the key's name; None: it finds none
    ours: str | None = ""  # empty: the same
    why: str = ""
    variables: dict = {}
    cli: object = None  # ~/.aliyun/config.json, text or JSON
    ini: str | None = None  # ~/.alibabacloud/credentials
    files: dict = {}  # others below the home; programs are those whose text begins with #!
    sts: str = ""
    metadata: str = "no role"


def env(name: str | None = "env", secret: bool = True, token: bool = False, **more: str) -> dict:
    variables = {f"ALIBABA_CLOUD_{key.upper()}": value for key, value in more.items()}
    if name:
        variables["ALIBABA_CLOUD_ACCESS_KEY_ID"] = name
        if secret:
            variables["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = f"secret/of+{name}"
        if token:
            variables["ALIBABA_CLOUD_SECURITY_TOKEN"] = f"CAIS+token/of={name}"
    return variables


def fields(name: str = "profile", token: str | None = None) -> dict:
    values = {"access_key_id": name, "access_key_secret": f"secret/of+{name}"}
    return values | ({token: f"CAIS+token/of={name}"} if token else {})


def config(*profiles: dict, current: str | None = "default") -> dict:
    named = [{"name": "default"} | profile for profile in profiles]
    return {"profiles": named} | ({"current": current} if current is not None else {})


def ak(key: str = "profile", **more: str) -> dict:
    return {"mode": "AK"} | fields(key) | more


def section(name: str = "default", **keys: str) -> str:
    return "".join([f"[{name}]\n", *(f"{key} = {value}\n" for key, value in keys.items())])


def sdk(key: str = "file", name: str = "default", **more: str) -> str:
    return section(name, **({"type": "access_key"} | fields(key) | more))


RRSA = env(None, role_arn=READER, oidc_provider_arn=PROVIDER, oidc_token_file=f"{HOME}/token")
TOKEN_FILE = {"token": "oidc-t0ken/of+a.pod=\n"}
BY_OIDC, BY_KEY = "STS.AssumeRoleWithOIDC.reader", "STS.AssumeRole.reader"
ROLE = {"mode": "RamRoleArn", "ram_role_arn": READER, "ram_session_name": "s"} | fields()
INI_ROLE = section(type="ram_role_arn", role_arn=READER, role_session_name="s", **fields("file"))
PRINTS = "#!/bin/sh\necho '%s'\n"
PROGRAM = {"mode": "External", "process_command": f"{HOME}/get-key --for 'this machine'"}
PRINTED = '{"mode": "AK", "access_key_id": "program", "access_key_secret": "secret/of+program"}'
PRINTED_STS = (
    '{"mode": "StsToken", "access_key_id": "STS.program", "access_key_secret": "secret/of+STS.program", '
    '"sts_token": "CAIS+token/of=STS.program", "expiration": "2099-01-01T00:00:00Z"}'
)
WAITING = "whoever is set up and cannot be reached just now is waited for"

ENVIRONMENT = [
    Case("nothing at all", None),
    Case("a key", "env", variables=env()),
    Case("a key with its token", "STS.env", variables=env("STS.env", token=True)),
    Case("an id without its secret", None, variables=env(secret=False)),
    Case("a secret without its id", None, variables=env(None, access_key_secret="secret/of+env")),
    Case("an empty secret, and a profile", "profile", variables=env(secret=False, access_key_secret=""), cli=config(ak())),
    Case("an empty token", "env", variables=env(security_token="")),
    Case("a key before everything else", "env", variables=RRSA | env(credentials_uri=URI + "/key"), files=TOKEN_FILE,
         cli=config(ak()), ini=sdk(), metadata="v2"),
    Case("an empty home", None, variables={"HOME": ""}, cli=config(ak()), ini=sdk()),
    Case("half a key here and half in a profile", "profile", None,
         "halves of a key from two places are two halves of a mistake",
         variables=env(None, access_key_secret="secret/of+profile"), cli=config({"mode": "AK", "access_key_id": "profile"})),
]  # fmt: skip

OIDC = [
    Case("a role by OIDC", BY_OIDC, variables=RRSA, files=TOKEN_FILE),
    Case("before a profile", BY_OIDC, variables=RRSA, files=TOKEN_FILE, cli=config(ak())),
    Case("with a session name and a region", BY_OIDC, files=TOKEN_FILE,
         variables=RRSA | env(None, role_session_name="pod", sts_region="cn-hangzhou")),
    Case("from within a VPC", BY_OIDC, files=TOKEN_FILE,
         variables=RRSA | env(None, sts_region="cn-hangzhou", vpc_endpoint_enabled="TRUE")),
    Case("a VPC without a region", BY_OIDC, files=TOKEN_FILE, variables=RRSA | env(None, vpc_endpoint_enabled="true")),
    Case("one variable is empty", "profile", variables=RRSA | env(None, oidc_provider_arn=""), files=TOKEN_FILE,
         cli=config(ak())),
    Case("the token's file is missing", "profile", variables=RRSA, cli=config(ak())),
    Case("the token's file is missing, and nothing else", None, variables=RRSA),
    Case("the token is not the pod's", "profile", variables=RRSA, files={"token": "another"}, cli=config(ak())),
    Case("the role is refused", "file", variables=RRSA, files=TOKEN_FILE, ini=sdk(), sts="refuses"),
    Case("STS is down", "profile", WAITS, WAITING, variables=RRSA, files=TOKEN_FILE, cli=config(ak()), sts="down"),
]  # fmt: skip

PROFILE = [
    Case("AK", "profile", cli=config(ak())),
    Case("AK before the credentials file", "profile", cli=config(ak()), ini=sdk()),
    Case("AK without a secret", "file", cli=config({"mode": "AK", "access_key_id": "profile"}), ini=sdk()),
    Case("AK with a token that is not its own", "profile", cli=config(ak(sts_token="of another mode"))),
    Case("StsToken", "STS.profile", cli=config({"mode": "StsToken"} | fields("STS.profile", "sts_token"))),
    Case("StsToken without a token", "file", cli=config({"mode": "StsToken"} | fields()), ini=sdk()),
    Case("the current one of two", "second", cli=config(ak("profile"), ak("second", name="b"), current="b")),
    Case("the one that the variable names", "second", variables=env(None, profile="b"),
         cli=config(ak("profile"), ak("second", name="b"))),
    Case("an empty variable names none", "profile", variables=env(None, profile=""), cli=config(ak())),
    Case("the variable names nobody", None, variables=env(None, profile="c"), cli=config(ak()), ini=sdk()),
    Case("current is nobody", "file", cli=config(ak(), current="c"), ini=sdk()),
    Case("no current at all", "file", cli=config(ak(), current=None), ini=sdk()),
    Case("two of a name", "profile", cli=config(ak("profile"), ak("second"))),
    Case("disabled", "file", variables=env(None, cli_profile_disabled="True"), cli=config(ak()), ini=sdk()),
    Case("disabled, but not so that it counts", "profile", variables=env(None, cli_profile_disabled="1"), cli=config(ak()),
         ini=sdk()),
    Case("an empty file", "file", cli="", ini=sdk()),
    Case("a file cut short", "file", cli='{"current": "default", "profiles": [', ini=sdk()),
    Case("a list in place of an object", "file", cli="[]", ini=sdk()),
    Case("no profiles", "file", cli={"current": "default", "profiles": []}, ini=sdk()),
    Case("a byte order mark", "file", cli='\ufeff{"current": "default", "profiles": []}', ini=sdk()),
    Case("no mode", "file", cli=config(fields()), ini=sdk()),
    Case("a mode in the wrong case", "file", cli=config(ak(mode="ak")), ini=sdk()),
    Case("a mode that nobody knows", "file", cli=config(ak(mode="Magic")), ini=sdk()),
    Case("BearerToken", "file", cli=config({"mode": "BearerToken", "bearer_token": "b"}), ini=sdk()),
    Case("OAuth that was never signed in", "file", cli=config({"mode": "OAuth", "oauth_site_type": "CN"}), ini=sdk()),
    Case("RamRoleArn", BY_KEY, cli=config(ROLE)),
    Case("RamRoleArn, its duration and its region", BY_KEY,
         cli=config(ROLE | {"expired_seconds": 900, "sts_region": "cn-hangzhou"})),
    Case("RamRoleArn within a VPC", BY_KEY, cli=config(ROLE | {"sts_region": "cn-hangzhou", "enable_vpc": True})),
    Case("RamRoleArn at another endpoint", BY_KEY, cli=config(ROLE | {"sts_endpoint": "sts.example.com"})),
    Case("RamRoleArn, the region in the environment", BY_KEY, variables=env(None, sts_region="cn-hangzhou"), cli=config(ROLE)),
    Case("RamRoleArn, its region and the VPC in the environment", BY_KEY, variables=env(None, vpc_endpoint_enabled="true"),
         cli=config(ROLE | {"sts_region": "cn-hangzhou"})),
    Case("RamRoleArn within a VPC, the region in the environment", BY_KEY, variables=env(None, sts_region="cn-hangzhou"),
         cli=config(ROLE | {"enable_vpc": True})),
    Case("RamRoleArn, the role in the environment", BY_KEY, variables=env(None, role_arn=READER),
         cli=config(ROLE | {"ram_role_arn": ""})),
    Case("RamRoleArn without a role", "file", cli=config(ROLE | {"ram_role_arn": ""}), ini=sdk()),
    Case("RamRoleArn for too short a time", "file", cli=config(ROLE | {"expired_seconds": 60}), ini=sdk()),
    Case("RamRoleArn is refused", "file", cli=config(ROLE), ini=sdk(), sts="refuses"),
    Case("RamRoleArn, and STS is down", "file", WAITS, WAITING, cli=config(ROLE), ini=sdk(), sts="down"),
    Case("ChainableRamRoleArn", "STS.AssumeRole.reader",
         cli=config({"mode": "ChainableRamRoleArn", "source_profile": "b", "ram_role_arn": READER}, ak("second", name="b"))),
    Case("ChainableRamRoleArn over a role", "STS.AssumeRole.reader",
         cli=config({"mode": "ChainableRamRoleArn", "source_profile": "b", "ram_role_arn": READER},
                    ROLE | {"name": "b", "ram_role_arn": FIRST})),
    Case("ChainableRamRoleArn in a circle", "file", ini=sdk(),
         cli=config({"mode": "ChainableRamRoleArn", "source_profile": "default", "ram_role_arn": READER})),
    Case("ChainableRamRoleArn over nobody", "file", ini=sdk(),
         cli=config({"mode": "ChainableRamRoleArn", "source_profile": "b", "ram_role_arn": READER})),
    Case("OIDC", BY_OIDC, files=TOKEN_FILE,
         cli=config({"mode": "OIDC", "ram_role_arn": READER, "oidc_provider_arn": PROVIDER,
                     "oidc_token_file": f"{HOME}/token", "ram_session_name": "s"})),
    Case("OIDC, half of it in the environment", BY_OIDC, files=TOKEN_FILE,
         variables=env(None, role_arn=READER, oidc_provider_arn=PROVIDER),
         cli=config({"mode": "OIDC", "oidc_token_file": f"{HOME}/token"})),
    Case("EcsRamRole", "STS.metadata.named", cli=config({"mode": "EcsRamRole", "ram_role_name": "named"}), metadata="v2"),
    Case("EcsRamRole, whatever its name", "STS.metadata.instance", cli=config({"mode": "EcsRamRole"}), metadata="v1"),
    Case("EcsRamRole where metadata are disabled", "file", variables=env(None, ecs_metadata_disabled="true"), ini=sdk(),
         cli=config({"mode": "EcsRamRole", "ram_role_name": "named"}), metadata="v2"),
    Case("External", "program", cli=config(PROGRAM), files={"get-key": PRINTS % PRINTED}),
    Case("External with a token", "STS.program", cli=config(PROGRAM), files={"get-key": PRINTS % PRINTED_STS}),
    Case("External on the path", "program", cli=config(PROGRAM | {"process_command": "get-key"}), variables={"PATH": HOME},
         files={"get-key": PRINTS % PRINTED}),
    Case("External in quotes", "program", cli=config(PROGRAM | {"process_command": f'"{HOME}/get key" a\\ b'}),
         files={"get key": "#!/bin/sh\n[ \"$*\" = 'a b' ] && " + (PRINTS % PRINTED).partition("\n")[2]}),
    Case("External fails", "file", cli=config(PROGRAM), files={"get-key": "#!/bin/sh\nexit 1\n"}, ini=sdk()),
    Case("External is not there", "file", cli=config(PROGRAM), ini=sdk()),
    Case("External prints no JSON", "file", cli=config(PROGRAM), files={"get-key": PRINTS % "a key"}, ini=sdk()),
    Case("External prints StsToken without a token", "file", ini=sdk(), cli=config(PROGRAM),
         files={"get-key": PRINTS % PRINTED.replace("AK", "StsToken")}),
    Case("External prints a role to assume", "program", "file", "the CLI assumes the role then: the bare key is not meant",
         cli=config(PROGRAM), files={"get-key": PRINTS % PRINTED.replace("AK", "RamRoleArn")}, ini=sdk()),
    Case("CredentialsURI", "file", "STS.uri", "the CLI has this mode, so we have it",
         cli=config({"mode": "CredentialsURI", "credentials_uri": URI + "/key"}), ini=sdk()),
    Case("RamRoleArnWithRoleName", "file", "STS.AssumeRole.reader", "the CLI has this mode, so we have it", ini=sdk(),
         cli=config({"mode": "RamRoleArnWithRoleName", "ram_role_name": "named", "ram_role_arn": READER}), metadata="v2"),
    Case("a file elsewhere", "file", "profile", "the Go SDK and the CLI read the variable, so we do",
         variables=env(None, config_file=f"{HOME}/elsewhere.json"), ini=sdk(),
         files={"elsewhere.json": '{"current": "a", "profiles": [{"name": "a", "mode": "AK", "access_key_id": "profile", '
                                  '"access_key_secret": "secret/of+profile"}]}'}),
]  # fmt: skip

CREDENTIALS_FILE = [
    Case("access_key", "file", ini=sdk()),
    Case("access_key without a secret", None, ini=section(type="access_key", access_key_id="file")),
    Case("no type", None, ini=section(**fields("file"))),
    Case("a type that nobody knows", None, ini=sdk(type="magic")),
    Case("the section that the variable names", "second", variables=env(None, profile="b"), ini=sdk() + sdk("second", "b")),
    Case("no such section", None, variables=env(None, profile="c"), ini=sdk()),
    Case("a section in two parts", "file", ini=sdk(access_key_id="other") + sdk("second", "b") + section(access_key_id="file")),
    Case("a key that is there twice", "file", ini=sdk("other") + "access_key_id = file\naccess_key_secret=secret/of+file\n"),
    Case("a file elsewhere", "file", variables=env(None, credentials_file=f"{HOME}/mine"), files={"mine": sdk()},
         ini=sdk("other")),
    Case("a file elsewhere that is not there", None, variables=env(None, credentials_file=f"{HOME}/mine"), ini=sdk()),
    Case("an empty file", None, ini=""),
    Case("comments and blank lines", "file", ini="# first\n\n; second\n[default]\n  # third\n\n" + sdk().partition("\n")[2]),
    Case("comments behind values", "file", ini=sdk(type="access_key # as ever", access_key_id="file ; mine")),
    Case("a comment that touches the value", "file", ini=sdk(access_key_id="file#mine", access_key_secret="secret/of+file;")),
    Case("a backslash before what begins a comment", "odd#id", ini=sdk("odd#id", access_key_id="odd\\#id",
         access_key_secret="secret/of+odd\\#id")),
    Case("odd spacing", "file", ini="[default]\r\n\ttype=access_key  \r\n  access_key_id   =file\r\n"
         "access_key_secret=\t secret/of+file\t\r\n"),
    Case("values in quotes", "file", ini=sdk(access_key_id='"file"', access_key_secret="'secret/of+file'")),
    Case("an equals sign in a value", "a=b", ini=sdk("a=b")),
    Case("a name in the wrong case", None, ini=sdk().replace("type", "Type")),
    Case("no newline at the end", "file", ini=sdk().rstrip("\n")),
    Case("a section that is switched off", "file", None, "`enable` is the Java SDK's, and says so", ini=sdk(enable="false")),
    Case("a section that is switched on", "file", ini=sdk(enable="true")),
    Case("a section with something behind it", None, "file", "the Go, Python and Java SDKs read it",
         ini=sdk().replace("[default]", " [default] # mine")),
    Case("a line that is none", "file", None, "the Go and Python SDKs refuse such a file: a typing error may hide in it",
         ini=sdk() + "a line\n"),
    Case("ram_role_arn", BY_KEY, ini=INI_ROLE),
    Case("ram_role_arn, the role in the environment", BY_KEY, variables=env(None, role_arn=READER),
         ini=INI_ROLE.replace(f"role_arn = {READER}\n", "")),
    Case("ram_role_arn is refused", "STS.uri", variables=env(None, credentials_uri=URI + "/key"), ini=INI_ROLE, sts="refuses"),
    Case("ram_role_arn, and STS is down", "STS.uri", WAITS, WAITING, variables=env(None, credentials_uri=URI + "/key"),
         ini=INI_ROLE, sts="down"),
    Case("ecs_ram_role", "STS.metadata.named", ini=section(type="ecs_ram_role", role_name="named"), metadata="v2"),
    Case("ecs_ram_role where metadata are disabled", None, variables=env(None, ecs_metadata_disabled="true"),
         ini=section(type="ecs_ram_role", role_name="named"), metadata="v2"),
    Case("oidc_role_arn", None, BY_OIDC, "the Java and Python SDKs have this type, so we have it", files=TOKEN_FILE,
         ini=section(type="oidc_role_arn", role_arn=READER, oidc_provider_arn=PROVIDER, oidc_token_file_path=f"{HOME}/token")),
]  # fmt: skip

INSTANCE = [
    Case("the role of the instance", "STS.metadata.instance", metadata="v2"),
    Case("of one that knows no tokens", "STS.metadata.instance", metadata="v1"),
    Case("which only version 1 has, disabled", None, variables=env(None, imdsv1_disabled="true"), metadata="v1"),
    Case("version 2 with version 1 disabled", "STS.metadata.instance", variables=env(None, imdsv1_disabled="TRUE"),
         metadata="v2"),
    Case("a role by name", "STS.metadata.named", variables=env(None, ecs_metadata="named"), metadata="v2"),
    Case("a role that is not there", "STS.uri", metadata="v2",
         variables=env(None, ecs_metadata="nobody", credentials_uri=URI + "/key")),
    Case("after the credentials file", "file", ini=sdk(), metadata="v2"),
    Case("before the URI", "STS.metadata.instance", variables=env(None, credentials_uri=URI + "/key"), metadata="v2"),
    Case("disabled", "STS.uri", metadata="v2",
         variables=env(None, ecs_metadata_disabled="true", credentials_uri=URI + "/key")),
    Case("down, and not by name", "STS.uri", variables=env(None, credentials_uri=URI + "/key"), metadata="down"),
    Case("down, and by name", "STS.uri", WAITS, WAITING, metadata="down",
         variables=env(None, ecs_metadata="named", credentials_uri=URI + "/key")),
]  # fmt: skip

BY_URI = [
    Case("a URI", "STS.uri", variables=env(None, credentials_uri=URI + "/key?of=me")),
    Case("an empty one", None, variables=env(None, credentials_uri="")),
    Case("after the credentials file", "file", variables=env(None, credentials_uri=URI + "/key"), ini=sdk()),
    Case("nothing is there", None, variables=env(None, credentials_uri=URI + "/nothing")),
    Case("no JSON", None, WAITS, WAITING, variables=env(None, credentials_uri=URI + "/broken")),
    Case("no secret", None, variables=env(None, credentials_uri=URI + "/no-secret")),
    Case("no token", None, "uri", "a server of one's own may give keys that last",
         variables=env(None, credentials_uri=URI + "/no-token")),
]  # fmt: skip

GROUPS = {
    "environment": ENVIRONMENT,
    "oidc": OIDC,
    "profile": PROFILE,
    "credentials_file": CREDENTIALS_FILE,
    "instance": INSTANCE,
    "uri": BY_URI,
}
