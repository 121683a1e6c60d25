"""Tests of the sample trust: real forms, planted truth, same seed same bytes."""
