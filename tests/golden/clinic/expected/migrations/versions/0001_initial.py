"""Every table, as the blueprint has them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "staff_members",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("hashed_password", sa.String(255), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_members")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_members_email")),
    )
    op.create_table(
        "doctors",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("license_number", sa.String(12), nullable=False),
        sa.Column("specialty", sa.String(11), nullable=False),
        sa.Column("consultation_fee", sa.Numeric(6, 2).with_variant(sa.BigInteger(), "sqlite")),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doctors")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["staff_members.id"],
            name=op.f("fk_doctors_account_id"),
            ondelete="RESTRICT",
        ),
        sa.UniqueConstraint("license_number", name=op.f("uq_doctors_license_number")),
        sa.UniqueConstraint("account_id", name=op.f("uq_doctors_account_id")),
        sa.CheckConstraint(
            sa.func.length(sa.column("license_number")).between(6, 12),
            name=op.f("ck_doctors_license_number_length"),
        ),
        sa.CheckConstraint(
            sa.column("specialty").in_(["general", "cardiology", "dermatology", "pediatrics"]),
            name=op.f("ck_doctors_specialty_values"),
        ),
        sa.CheckConstraint(
            sa.column("consultation_fee").between(
                sa.literal_column("0"), sa.literal_column("9999.99")
            ),
            name=op.f("ck_doctors_consultation_fee_range"),
        ).ddl_if(dialect="postgresql"),
        sa.CheckConstraint(
            sa.column("consultation_fee").between(0, 999_999),
            name=op.f("ck_doctors_consultation_fee_range"),
        ).ddl_if(dialect="sqlite"),
    )
    op.create_table(
        "patients",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("first_name", sa.String(255), nullable=False),
        sa.Column("last_name", sa.String(255), nullable=False),
        sa.Column("date_of_birth", sa.Date(), nullable=False),
        sa.Column("email", sa.String(254)),
        sa.Column("insurance_code", sa.String(10_000)),
        sa.Column("allergies", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patients")),
    )
    op.create_index(op.f("ix_patients_last_name"), "patients", ["last_name"])
    op.create_table(
        "appointments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("duration_minutes", sa.BigInteger(), nullable=False),
        sa.Column("room_opens", sa.Time()),
        sa.Column("reason", sa.Text()),
        sa.Column("status", sa.String(9), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("doctor_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patients.id"],
            name=op.f("fk_appointments_patient_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["doctor_id"],
            ["doctors.id"],
            name=op.f("fk_appointments_doctor_id"),
            ondelete="RESTRICT",
        ),
        sa.UniqueConstraint(
            "doctor_id", "starts_at", name=op.f("uq_appointments_doctor_id_starts_at")
        ),
        sa.CheckConstraint(
            sa.column("duration_minutes").between(5, 480),
            name=op.f("ck_appointments_duration_minutes_range"),
        ),
        sa.CheckConstraint(
            sa.column("status").in_(
                ["requested", "confirmed", "completed", "cancelled", "no-show"]
            ),
            name=op.f("ck_appointments_status_values"),
        ),
    )
    op.create_index(op.f("ix_appointments_starts_at"), "appointments", ["starts_at"])
    op.create_index(op.f("ix_appointments_patient_id"), "appointments", ["patient_id"])
    op.create_index(op.f("ix_appointments_doctor_id"), "appointments", ["doctor_id"])
    op.create_table(
        "prescriptions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("drug", sa.String(255), nullable=False),
        sa.Column("dose_mg", sa.Double(), nullable=False),
        sa.Column("days", sa.BigInteger(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("prescriber_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prescriptions")),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointments.id"],
            name=op.f("fk_prescriptions_appointment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["prescriber_id"],
            ["staff_members.id"],
            name=op.f("fk_prescriptions_prescriber_id"),
            ondelete="RESTRICT",
        ),
        sa.CheckConstraint(
            sa.column("dose_mg").between(0.1, 5000), name=op.f("ck_prescriptions_dose_mg_range")
        ),
        sa.CheckConstraint(
            sa.column("days").between(1, 365), name=op.f("ck_prescriptions_days_range")
        ),
    )
    op.create_index(op.f("ix_prescriptions_appointment_id"), "prescriptions", ["appointment_id"])
    op.create_index(op.f("ix_prescriptions_prescriber_id"), "prescriptions", ["prescriber_id"])
    op.create_table(
        "refresh_tokens",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refresh_tokens")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["staff_members.id"],
            name=op.f("fk_refresh_tokens_account_id"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_refresh_tokens_fingerprint")),
    )
    op.create_index(op.f("ix_refresh_tokens_account_id"), "refresh_tokens", ["account_id"])
    op.create_index(op.f("ix_refresh_tokens_family_id"), "refresh_tokens", ["family_id"])


def downgrade() -> None:
    """Drop every table."""
    op.drop_table("refresh_tokens")
    op.drop_table("prescriptions")
    op.drop_table("appointments")
    op.drop_table("patients")
    op.drop_table("doctors")
    op.drop_table("staff_members")
