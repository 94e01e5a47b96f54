"""Every rule, in the order of codes. A new rule is a file and a line here."""

from ftlint.rules.base import Rule
from ftlint.rules.conversation.consecutive_same_role import ConsecutiveSameRole
from ftlint.rules.conversation.developer_role import DeveloperRole
from ftlint.rules.conversation.empty_assistant import EmptyAssistant
from ftlint.rules.conversation.empty_message import EmptyMessage
from ftlint.rules.conversation.last_message_not_assistant import LastMessageNotAssistant
from ftlint.rules.conversation.last_message_not_user import LastMessageNotUser
from ftlint.rules.conversation.message_after_tool_call import MessageAfterToolCall
from ftlint.rules.conversation.no_assistant_message import NoAssistantMessage
from ftlint.rules.conversation.no_system_message import NoSystemMessage
from ftlint.rules.conversation.no_user_message import NoUserMessage
from ftlint.rules.conversation.nothing_to_train import NothingToTrain
from ftlint.rules.conversation.refusal_and_content import RefusalAndContent
from ftlint.rules.conversation.several_system_messages import SeveralSystemMessages
from ftlint.rules.conversation.starts_with_assistant import StartsWithAssistant
from ftlint.rules.conversation.system_not_first import SystemNotFirst
from ftlint.rules.conversation.weight_on_wrong_role import WeightOnWrongRole
from ftlint.rules.dataset.conflicting_answers import ConflictingAnswers
from ftlint.rules.dataset.constant_answer import ConstantAnswer
from ftlint.rules.dataset.duplicate_row import DuplicateRow
from ftlint.rules.dataset.label_imbalance import LabelImbalance
from ftlint.rules.dataset.lock_drift import LockDrift
from ftlint.rules.dataset.near_duplicate import NearDuplicate
from ftlint.rules.dataset.system_prompt_variants import SystemPromptVariants
from ftlint.rules.dataset.uneven_keys import UnevenKeys
from ftlint.rules.dataset.uneven_types import UnevenTypes
from ftlint.rules.dataset.validation_overlap import ValidationOverlap
from ftlint.rules.file.blank_line import BlankLine
from ftlint.rules.file.byte_order_mark import ByteOrderMark
from ftlint.rules.file.carriage_return import CarriageReturn
from ftlint.rules.file.concatenated_objects import ConcatenatedObjects
from ftlint.rules.file.duplicate_key import DuplicateKey
from ftlint.rules.file.empty_file import EmptyFile
from ftlint.rules.file.invalid_json import InvalidJson
from ftlint.rules.file.invalid_utf8 import InvalidUtf8
from ftlint.rules.file.json_array_file import JsonArrayFile
from ftlint.rules.file.lfs_pointer import LfsPointer
from ftlint.rules.file.line_too_long import LineTooLong
from ftlint.rules.file.lone_surrogate import LoneSurrogate
from ftlint.rules.file.missing_final_newline import MissingFinalNewline
from ftlint.rules.file.nesting_too_deep import NestingTooDeep
from ftlint.rules.file.not_a_number import NotANumber
from ftlint.rules.file.not_an_object import NotAnObject
from ftlint.rules.file.not_json_lines import NotJsonLines
from ftlint.rules.file.pretty_printed_json import PrettyPrintedJson
from ftlint.rules.file.python_repr import PythonRepr
from ftlint.rules.file.smart_quotes import SmartQuotes
from ftlint.rules.file.trailing_comma import TrailingComma
from ftlint.rules.file.utf16_file import Utf16File
from ftlint.rules.images.image_not_supported import ImageNotSupported
from ftlint.rules.images.image_too_large import ImageTooLarge
from ftlint.rules.images.image_url_scheme import ImageUrlScheme
from ftlint.rules.images.invalid_image import InvalidImage
from ftlint.rules.images.too_many_images import TooManyImages
from ftlint.rules.limits.answer_truncated import AnswerTruncated
from ftlint.rules.limits.file_too_large import FileTooLarge
from ftlint.rules.limits.near_context_limit import NearContextLimit
from ftlint.rules.limits.over_budget import OverBudget
from ftlint.rules.limits.over_context_limit import OverContextLimit
from ftlint.rules.limits.too_few_rows import TooFewRows
from ftlint.rules.limits.too_many_rows import TooManyRows
from ftlint.rules.limits.too_many_tokens import TooManyTokens
from ftlint.rules.model.closing_soon import ClosingSoon
from ftlint.rules.model.hyperparameter_range import HyperparameterRange
from ftlint.rules.model.method_not_supported import MethodNotSupported
from ftlint.rules.model.model_retired import ModelRetired
from ftlint.rules.model.stale_facts import StaleFacts
from ftlint.rules.model.unknown_model import UnknownModel
from ftlint.rules.preference.conflicting_preference import ConflictingPreference
from ftlint.rules.preference.empty_output import EmptyOutput
from ftlint.rules.preference.identical_outputs import IdenticalOutputs
from ftlint.rules.preference.input_ends_with_assistant import InputEndsWithAssistant
from ftlint.rules.preference.length_bias import LengthBias
from ftlint.rules.preference.output_count import OutputCount
from ftlint.rules.privacy.email_address import EmailAddress
from ftlint.rules.privacy.iban import Iban
from ftlint.rules.privacy.ip_address import IpAddress
from ftlint.rules.privacy.national_id import NationalId
from ftlint.rules.privacy.payment_card import PaymentCard
from ftlint.rules.privacy.phone_number import PhoneNumber
from ftlint.rules.privacy.secret import Secret
from ftlint.rules.reinforcement.constant_reference import ConstantReference
from ftlint.rules.reinforcement.invalid_grader import InvalidGrader
from ftlint.rules.reinforcement.missing_item_field import MissingItemField
from ftlint.rules.reinforcement.unknown_template import UnknownTemplate
from ftlint.rules.reinforcement.validation_required import ValidationRequired
from ftlint.rules.shape.custom_schema import CustomSchema
from ftlint.rules.shape.empty_messages import EmptyMessages
from ftlint.rules.shape.foreign_dialect import ForeignDialect
from ftlint.rules.shape.format_not_for_method import FormatNotForMethod
from ftlint.rules.shape.invalid_value import InvalidValue
from ftlint.rules.shape.missing_key import MissingKey
from ftlint.rules.shape.mixed_formats import MixedFormats
from ftlint.rules.shape.null_key import NullKey
from ftlint.rules.shape.unknown_format import UnknownFormat
from ftlint.rules.shape.unknown_key import UnknownKey
from ftlint.rules.shape.unknown_role import UnknownRole
from ftlint.rules.shape.wrong_type import WrongType
from ftlint.rules.text.assistant_boilerplate import AssistantBoilerplate
from ftlint.rules.text.classification_data import ClassificationData
from ftlint.rules.text.completion_ending import CompletionEnding
from ftlint.rules.text.completion_leading_space import CompletionLeadingSpace
from ftlint.rules.text.empty_completion import EmptyCompletion
from ftlint.rules.text.invisible_character import InvisibleCharacter
from ftlint.rules.text.mojibake import Mojibake
from ftlint.rules.text.placeholder_text import PlaceholderText
from ftlint.rules.text.prompt_separator import PromptSeparator
from ftlint.rules.text.repetition import Repetition
from ftlint.rules.text.replacement_character import ReplacementCharacter
from ftlint.rules.text.shared_completion_text import SharedCompletionText
from ftlint.rules.text.shared_prompt_text import SharedPromptText
from ftlint.rules.text.special_token import SpecialToken
from ftlint.rules.text.surrounding_whitespace import SurroundingWhitespace
from ftlint.rules.text.thinking_markup import ThinkingMarkup
from ftlint.rules.text.truncated_answer import TruncatedAnswer
from ftlint.rules.text.unbalanced_code_fence import UnbalancedCodeFence
from ftlint.rules.text.upper_case_text import UpperCaseText
from ftlint.rules.tools.arguments_against_schema import ArgumentsAgainstSchema
from ftlint.rules.tools.arguments_not_a_string import ArgumentsNotAString
from ftlint.rules.tools.arguments_not_json import ArgumentsNotJson
from ftlint.rules.tools.duplicate_call_id import DuplicateCallId
from ftlint.rules.tools.duplicate_tool import DuplicateTool
from ftlint.rules.tools.invalid_tool_name import InvalidToolName
from ftlint.rules.tools.invalid_tool_schema import InvalidToolSchema
from ftlint.rules.tools.legacy_functions import LegacyFunctions
from ftlint.rules.tools.missing_tool_result import MissingToolResult
from ftlint.rules.tools.orphan_tool_result import OrphanToolResult
from ftlint.rules.tools.too_many_tools import TooManyTools
from ftlint.rules.tools.tool_call_id import ToolCallId
from ftlint.rules.tools.tools_differ import ToolsDiffer
from ftlint.rules.tools.tools_missing import ToolsMissing
from ftlint.rules.tools.unknown_tool import UnknownTool

RULES: tuple[type[Rule], ...] = (
    InvalidJson,
    NotAnObject,
    JsonArrayFile,
    PrettyPrintedJson,
    ConcatenatedObjects,
    ByteOrderMark,
    InvalidUtf8,
    Utf16File,
    BlankLine,
    CarriageReturn,
    MissingFinalNewline,
    DuplicateKey,
    NotANumber,
    LoneSurrogate,
    NestingTooDeep,
    LineTooLong,
    LfsPointer,
    PythonRepr,
    TrailingComma,
    EmptyFile,
    SmartQuotes,
    NotJsonLines,
    MissingKey,
    UnknownKey,
    WrongType,
    InvalidValue,
    UnknownRole,
    EmptyMessages,
    MixedFormats,
    UnknownFormat,
    FormatNotForMethod,
    ForeignDialect,
    CustomSchema,
    NullKey,
    NoAssistantMessage,
    LastMessageNotAssistant,
    LastMessageNotUser,
    NothingToTrain,
    WeightOnWrongRole,
    SystemNotFirst,
    SeveralSystemMessages,
    ConsecutiveSameRole,
    StartsWithAssistant,
    NoUserMessage,
    EmptyAssistant,
    EmptyMessage,
    NoSystemMessage,
    DeveloperRole,
    RefusalAndContent,
    MessageAfterToolCall,
    SpecialToken,
    SurroundingWhitespace,
    Mojibake,
    ReplacementCharacter,
    InvisibleCharacter,
    PlaceholderText,
    AssistantBoilerplate,
    PromptSeparator,
    CompletionEnding,
    CompletionLeadingSpace,
    ThinkingMarkup,
    UnbalancedCodeFence,
    TruncatedAnswer,
    Repetition,
    SharedPromptText,
    SharedCompletionText,
    UpperCaseText,
    EmptyCompletion,
    ClassificationData,
    InvalidToolSchema,
    InvalidToolName,
    DuplicateTool,
    UnknownTool,
    ArgumentsNotJson,
    ArgumentsNotAString,
    ArgumentsAgainstSchema,
    OrphanToolResult,
    MissingToolResult,
    DuplicateCallId,
    ToolCallId,
    LegacyFunctions,
    ToolsMissing,
    ToolsDiffer,
    TooManyTools,
    ImageNotSupported,
    TooManyImages,
    InvalidImage,
    ImageTooLarge,
    ImageUrlScheme,
    OverContextLimit,
    AnswerTruncated,
    NearContextLimit,
    TooFewRows,
    TooManyRows,
    FileTooLarge,
    TooManyTokens,
    OverBudget,
    IdenticalOutputs,
    EmptyOutput,
    OutputCount,
    InputEndsWithAssistant,
    LengthBias,
    ConflictingPreference,
    InvalidGrader,
    MissingItemField,
    UnknownTemplate,
    ConstantReference,
    ValidationRequired,
    DuplicateRow,
    NearDuplicate,
    ConflictingAnswers,
    ValidationOverlap,
    LabelImbalance,
    ConstantAnswer,
    SystemPromptVariants,
    UnevenKeys,
    UnevenTypes,
    LockDrift,
    Secret,
    PaymentCard,
    Iban,
    EmailAddress,
    PhoneNumber,
    NationalId,
    IpAddress,
    UnknownModel,
    ModelRetired,
    ClosingSoon,
    MethodNotSupported,
    HyperparameterRange,
    StaleFacts,
)
