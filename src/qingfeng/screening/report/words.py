"""Words of the report that are not in a declaration."""

WATCHES = {
    "vehicle": ("盯公车", "Vehicles"),
    "letter": ("盯公函", "Letters and receptions"),
    "card": ("盯卡券", "Cards and vouchers"),
    "scenic": ("盯景区", "Scenic spots"),
    "ledger": ("发票账目", "Invoices and ledgers"),
    "payroll": ("人社工会", "Pay and union"),
    "cross": ("叠加分析", "Cross-checks"),
}
COLOURS = {
    "red": ("红", "red", "●"),
    "yellow": ("黄", "yellow", "▲"),
    "blue": ("蓝", "blue", "■"),
    "grey": ("观察", "watch only", "○"),
}
TIERS = {
    "A": ("记录相互矛盾", "records contradict each other"),
    "B": ("超出规定或标准", "a rule or threshold is exceeded"),
    "C": ("统计信号，不指向个人", "statistical, names nobody"),
}
SUBJECTS = {
    "plate": ("车辆", "Vehicle"),
    "card": ("卡", "Card"),
    "person": ("人员", "Person"),
    "unit": ("单位", "Unit"),
    "letter": ("公函", "Letter"),
    "reception": ("接待", "Reception"),
    "invoice": ("发票", "Invoice"),
    "voucher": ("凭证", "Voucher"),
    "vendor": ("商户", "Vendor"),
}
STEPS = {
    "score": ("预期属实", "expected share confirmed"),
    "points": ("分值", "points"),
    "colour": ("颜色", "colour"),
    "rank": ("排序权重", "weight for rank"),
}
