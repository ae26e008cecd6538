"""Every printed document as a pure function from frozen data to PDF bytes."""
