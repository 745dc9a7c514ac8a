"""Customers in: headers become fields, rows become `Customer` or `Rejected`, in constant memory."""
