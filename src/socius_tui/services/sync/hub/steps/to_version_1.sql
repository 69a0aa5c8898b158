-- The hub, version 1. Frozen: later changes are later steps. Who runs this owns everything;
-- laptops come in with logins of their own, which the group role lets in and the policies limit.

DO $$
BEGIN
  CREATE ROLE socius_device NOLOGIN; -- of the whole server, so another hub may have made it
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;

CREATE SCHEMA hub;

CREATE TABLE hub.schema_version (
  version    int PRIMARY KEY,
  applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  applied_by name NOT NULL DEFAULT session_user
);

-- Whose entries are here. The team '' is one that has members and waits for their first laptop.
CREATE TABLE hub.team (
  team    text COLLATE "C" PRIMARY KEY CHECK (length(team) <= 200),
  made_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE hub.member (
  team      text COLLATE "C" NOT NULL REFERENCES hub.team ON UPDATE CASCADE,
  login     name NOT NULL,
  role      text NOT NULL CHECK (role IN ('contact_person', 'director', 'reader')),
  added_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  barred_at timestamptz, -- a laptop of theirs was revoked, and nobody let them in again since
  PRIMARY KEY (team, login)
);
CREATE INDEX member_by_login ON hub.member (login);

-- The laptops. A replica belongs to the login that came with it first.
CREATE TABLE hub.device (
  team       text COLLATE "C" NOT NULL REFERENCES hub.team,
  replica    text COLLATE "C" NOT NULL CHECK (length(replica) BETWEEN 1 AND 200),
  login      name NOT NULL,
  profile    text CHECK (octet_length(profile) <= 100000), -- JSON: what it says of itself
  seen       text CHECK (octet_length(seen) <= 1000000), -- JSON: how far it has each replica
  made_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  said_at    timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (team, replica)
);

-- What they wrote. `body` is text and never json: those types refuse the escape of NUL.
CREATE TABLE hub.packet (
  team          text COLLATE "C" NOT NULL,
  replica       text COLLATE "C" NOT NULL,
  after_place   bigint NOT NULL CHECK (after_place >= 0),
  until_place   bigint NOT NULL CHECK (until_place > after_place),
  version       int NOT NULL CHECK (version > 0),
  body          text NOT NULL CHECK (body <> ''),
  received_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  received_from name NOT NULL DEFAULT session_user,
  PRIMARY KEY (team, replica, after_place)
);

-- ---------------------------------------------------------------------------- who may do what

-- The functions run as the owner, so each has its search path pinned: no object that somebody
-- else made can take the place of what is meant. `session_user` is who logged in, whatever
-- `SET ROLE` says.

CREATE FUNCTION hub.readable() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT team FROM hub.member WHERE login = session_user AND barred_at IS NULL
$$;

CREATE FUNCTION hub.writable() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT team FROM hub.member
  WHERE login = session_user AND barred_at IS NULL AND role <> 'reader'
$$;

-- Lets a laptop of this login in, the first time too, and holds its row until the end of the
-- transaction: what comes under one replica comes one after the other. Gives the role. A laptop
-- calls this before it adds anything: the policy below does not see what its own statement made.
CREATE FUNCTION hub.admit(wanted_team text, wanted_replica text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  as_member hub.member;
  laptop hub.device;
BEGIN
  SELECT * INTO as_member FROM hub.member WHERE team = wanted_team AND login = session_user;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'not a member of this team' USING ERRCODE = 'SO003';
  ELSIF as_member.barred_at IS NOT NULL THEN
    RAISE EXCEPTION 'this login is barred' USING ERRCODE = 'SO004';
  END IF;
  SELECT * INTO laptop FROM hub.device
    WHERE team = wanted_team AND replica = wanted_replica FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    INSERT INTO hub.device (team, replica, login)
      VALUES (wanted_team, wanted_replica, session_user) ON CONFLICT DO NOTHING;
    SELECT * INTO laptop FROM hub.device
      WHERE team = wanted_team AND replica = wanted_replica FOR NO KEY UPDATE;
  END IF;
  IF laptop.revoked_at IS NOT NULL THEN
    RAISE EXCEPTION 'this laptop is revoked' USING ERRCODE = 'SO004';
  ELSIF laptop.login <> session_user THEN
    RAISE EXCEPTION 'this laptop belongs to another login' USING ERRCODE = 'SO005';
  END IF;
  RETURN as_member.role;
END $$;

-- A packet follows the one before it, or is there already word for word and is left out; so a
-- number that a replica has reached says that everything before it is here too.
CREATE FUNCTION hub.follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  reached bigint;
  there hub.packet;
BEGIN
  IF hub.admit(NEW.team, NEW.replica) = 'reader' THEN
    RAISE EXCEPTION 'a reader writes nothing' USING ERRCODE = 'SO006';
  END IF;
  SELECT until_place INTO reached FROM hub.packet
    WHERE team = NEW.team AND replica = NEW.replica ORDER BY after_place DESC LIMIT 1;
  reached := coalesce(reached, 0);
  IF NEW.after_place = reached THEN
    NEW.received_at := clock_timestamp();
    NEW.received_from := session_user;
    RETURN NEW;
  ELSIF NEW.after_place > reached THEN
    RAISE EXCEPTION 'a packet after % while % is reached', NEW.after_place, reached
      USING ERRCODE = 'SO002';
  END IF;
  SELECT * INTO there FROM hub.packet
    WHERE team = NEW.team AND replica = NEW.replica AND after_place = NEW.after_place;
  IF there.until_place = NEW.until_place AND there.version = NEW.version
    AND there.body = NEW.body
  THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'another packet is there after %', NEW.after_place USING ERRCODE = 'SO001';
END $$;
CREATE TRIGGER follow BEFORE INSERT ON hub.packet FOR EACH ROW EXECUTE FUNCTION hub.follow();

-- What a laptop says of itself, in place of what it said before.
CREATE FUNCTION hub.introduce(in_team text, in_replica text, in_profile text, in_seen text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM hub.admit(in_team, in_replica);
  UPDATE hub.device SET profile = in_profile, seen = in_seen, said_at = clock_timestamp()
    WHERE team = in_team AND replica = in_replica;
END $$;

-- The team that waits gets the name of the first file that one of its members brings.
CREATE FUNCTION hub.claim(wanted_team text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF wanted_team = '' THEN
    RAISE EXCEPTION 'a team has a name' USING ERRCODE = 'SO003';
  END IF;
  PERFORM 1 FROM hub.team WHERE team = '' FOR UPDATE;
  IF EXISTS (SELECT 1 FROM hub.readable() AS r(team) WHERE r.team = wanted_team) THEN
    RETURN; -- another laptop of the same team was first
  END IF;
  PERFORM 1 FROM hub.team WHERE team = '';
  IF NOT FOUND
    OR EXISTS (SELECT 1 FROM hub.team WHERE team = wanted_team)
    OR NOT EXISTS (SELECT 1 FROM hub.writable() AS w(team) WHERE w.team = '')
  THEN
    RAISE EXCEPTION 'not a member of this team' USING ERRCODE = 'SO003';
  END IF;
  UPDATE hub.team SET team = wanted_team WHERE team = '';
END $$;

ALTER TABLE hub.team ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.member ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.device ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.packet ENABLE ROW LEVEL SECURITY;

-- ARRAY(…) is worked out once for a statement, not for each row.
CREATE POLICY team_read ON hub.team FOR SELECT TO socius_device
  USING (team = ANY (ARRAY(SELECT hub.readable())));
CREATE POLICY member_read ON hub.member FOR SELECT TO socius_device
  USING (login = session_user OR team = ANY (ARRAY(SELECT hub.readable())));
CREATE POLICY device_read ON hub.device FOR SELECT TO socius_device
  USING (team = ANY (ARRAY(SELECT hub.readable())));
CREATE POLICY packet_read ON hub.packet FOR SELECT TO socius_device
  USING (team = ANY (ARRAY(SELECT hub.readable())));
-- The trigger says why not; this says no even where somebody took the trigger away.
CREATE POLICY packet_add ON hub.packet FOR INSERT TO socius_device
  WITH CHECK (
    team = ANY (ARRAY(SELECT hub.writable()))
    AND EXISTS (
      SELECT 1 FROM hub.device AS d
      WHERE d.team = packet.team AND d.replica = packet.replica
        AND d.login = session_user AND d.revoked_at IS NULL
    )
  );

REVOKE ALL ON SCHEMA hub FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA hub FROM PUBLIC;
GRANT USAGE ON SCHEMA hub TO socius_device;
GRANT SELECT ON hub.schema_version, hub.team, hub.member, hub.device, hub.packet TO socius_device;
GRANT INSERT (team, replica, after_place, until_place, version, body) ON hub.packet
  TO socius_device;
GRANT EXECUTE ON FUNCTION hub.readable(), hub.writable(), hub.claim(text),
  hub.admit(text, text), hub.introduce(text, text, text, text) TO socius_device;
