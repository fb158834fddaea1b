module.exports = { transform: {}, testEnvironment: 'node' }
