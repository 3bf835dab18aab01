//! The names of OpenTelemetry that are used.

/// What a span does: one of the operation names below.
pub const OPERATION_NAME: &str = "gen_ai.operation.name";
/// The operation of a turn.
pub const INVOKE_AGENT: &str = "invoke_agent";
/// The operation of asking a language model.
pub const CHAT: &str = "chat";
/// The operation of calling a tool.
pub const EXECUTE_TOOL: &str = "execute_tool";
/// The name of the agent.
pub const AGENT_NAME: &str = "gen_ai.agent.name";
/// The session.
pub const CONVERSATION_ID: &str = "gen_ai.conversation.id";
/// Who serves the model.
pub const PROVIDER_NAME: &str = "gen_ai.provider.name";
/// The model.
pub const REQUEST_MODEL: &str = "gen_ai.request.model";
/// How much it may write.
pub const REQUEST_MAX_TOKENS: &str = "gen_ai.request.max_tokens";
/// What it read.
pub const USAGE_INPUT_TOKENS: &str = "gen_ai.usage.input_tokens";
/// What it wrote.
pub const USAGE_OUTPUT_TOKENS: &str = "gen_ai.usage.output_tokens";
/// The tool.
pub const TOOL_NAME: &str = "gen_ai.tool.name";
/// The call, as the decider names it.
pub const TOOL_CALL_ID: &str = "gen_ai.tool.call.id";
/// What kind of tool.
pub const TOOL_TYPE: &str = "gen_ai.tool.type";
/// What went wrong, as a word.
pub const ERROR_TYPE: &str = "error.type";
/// The idempotency key of an activity.
pub const ACTIVITY_KEY: &str = "russet.activity.key";
/// The digest of the context that was shown.
pub const CONTEXT_DIGEST: &str = "russet.context.digest";
/// How a turn ended.
pub const TURN_END: &str = "russet.turn.end";
