"""What a reference says in its note: values of an official document that the format has no field for."""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.exchange.reference_record import ReferenceRecord


def note_of(record: ReferenceRecord) -> Iterator[str]:
    """Day of signing, day of force, 索引号, validity and terms of reuse; sample data says so first."""
    chinese = record.language.startswith("zh")
    if record.sample:
        yield "示例数据：虚构省份，不是真实文件 (sample data of a fictional province)"
    if record.signed and record.signed != record.issued:
        yield f"{'成文日期' if chinese else 'Signed'}: {record.signed.isoformat()}"
    if record.in_force_from:
        yield f"{'施行日期' if chinese else 'In force from'}: {record.in_force_from.isoformat()}"
    if record.index_number:
        yield f"{'索引号' if chinese else 'Index number'}: {record.index_number}"
    if record.validity:
        yield f"{'有效性' if chinese else 'Validity'}: {record.validity}"
    if record.rights:
        yield record.rights
