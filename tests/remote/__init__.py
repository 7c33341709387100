"""Tests of stores on other people's servers."""
