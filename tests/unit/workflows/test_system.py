"""What has to be right about the engine's own database."""

from pathlib import Path

import sqlalchemy as sa

from apiwright.workflows.system import migrate, system_engine


def test_sqlite_is_prepared_for_a_writer_beside_readers(tmp_path: Path) -> None:
    engine = system_engine(f"sqlite:///{tmp_path / 'queue.db'}")
    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("journal_mode", "synchronous", "busy_timeout")
        }
        assert found == {"journal_mode": "wal", "synchronous": 1, "busy_timeout": 30000}
        raw = connection.connection.driver_connection
        assert getattr(raw, "isolation_level", None) == "IMMEDIATE"
    engine.dispose()


def test_tables_are_made_once_however_often_they_are_asked_for(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'queue.db'}"
    migrate(url)
    migrate(url)
    engine = system_engine(url)
    assert "workflow_status" in sa.inspect(engine).get_table_names()
    engine.dispose()
