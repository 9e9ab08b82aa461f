"""What the name of a member tells of its type, for names that people say in prompts of many trades."""

import pytest

from apiwright.planner.embedded.attributes import known_type

NAMES = {
    "decimal": "weight_kg gross_weight tare_weight_kg price_per_kwh price_per_hour monthly_fee annual_fee deposit_amount "
    "late_fee total_due balance_due amount_due sum_insured claim_amount coverage_amount alcohol_content "
    "moisture_content abv yield_kg volume_l area_m2 size_sqm hectares length_m distance_km odometer_km fuel_litres "
    "max_payload batch_size hours_worked billable_hours hourly_rate price_eur cost_usd ph oxygen kwh "
    "original_gravity elevation_m bag_weight",
    "integer": "duration_minutes brood_score varroa_count height_cm rainfall_mm retry_count birth_year exposure_time "
    "response_time response_time_ms latency_ms copies_available seats_left free_seats group_size class_size "
    "litter_size board_number scene_number take_number build_number status_code exit_code pain_level battery_level "
    "max_players min_age word_count home_score away_goals exam_score systolic diastolic pulse headcount volume_ml "
    "price_cents iso_speed elo_before room_capacity",
    "float": "lat lng latitude longitude water_temperature humidity_percent max_speed",
    "boolean": "is_active has_parking deposit_paid refunded vaccinated neutered attended billable overdue paid_in_full "
    "photo_consent email_verified enabled pinned anonymous no_show",
    "date": "due_on starts_on ends_on born_on died_on harvested_on issued_on renewed_on expires_on bottled_on best_before "
    "valid_until license_expiry hearing_date date_taken",
    "datetime": "measured_at weighed_at arrived_at departed_at departure_time pickup_time last_seen_at last_seen next_run_at "
    "resolved_at signed_at boarding_time",
    "time": "opening_time closing_time lap_time call_time",
    "string": "chip_number tag_number commit_hash branch_name blood_pressure imo_number call_sign tail_number seal_number "
    "container_number belt_color source_language policy_number docket_number caller_name contact_phone",
    "text": "error_message stack_trace medical_history special_requests",
    "url": "photo_url video_url website_url avatar_url meeting_link",
}


@pytest.mark.parametrize(("kind", "names"), NAMES.items(), ids=NAMES)
def test_a_name_tells_its_type(kind: str, names: str) -> None:
    assert {name: known_type(name) for name in names.split() if known_type(name) != kind} == {}
